package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static dev.holdfast.lifecycle.House.PAUL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.store.Access;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who watches a list is told what changes in it, and of nobody else's. */
class ListFeedTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMinutes(30);

    private final House house = new House();
    private final Noted olga = new Noted();
    private final Noted paul = new Noted();

    private static final class Noted implements ListWatcher {
        final List<String> told = new ArrayList<>();
        boolean ended;

        @Override
        public void listed(ConversationId id, String title, ListedConversation.State state) {
            told.add(state + " " + title);
        }

        @Override
        public void unlisted(ConversationId id) {
            told.add("gone");
        }

        @Override
        public void end() {
            ended = true;
        }

        List<String> tell() {
            List<String> all = List.copyOf(told);
            told.clear();
            return all;
        }
    }

    private Runnable watch() {
        house.conversations.watchList(PAUL, paul);
        return house.conversations.watchList(OLGA, olga);
    }

    @Test
    void conversationComesIntoTheListWhenItIsFirstAnswered() {
        watch();
        ConversationId empty = house.begin(OLGA, null);
        assertEquals(List.of(), olga.tell(), "nothing was said in it, and it is not in the list");
        house.say(OLGA, empty, "Hello");
        assertEquals(List.of("RUNNING Hello", "ACTIVE Hello"), olga.tell());
        assertEquals(List.of(), paul.tell());
    }

    @Test
    void newTitleAndPauseAndResumptionAreTold() {
        ConversationId id = house.begin(OLGA, "Hello");
        watch();
        house.conversations.rename(OLGA, id, "Letters").join();
        assertEquals(List.of("ACTIVE Letters"), olga.tell());
        house.pass(PAUSE);
        house.pass(SECOND);
        assertEquals(List.of("PAUSED Letters"), olga.tell());
        house.conversations.resume(OLGA, id, false).join();
        assertEquals(List.of("ACTIVE Letters"), olga.tell());
        assertEquals(List.of(), paul.tell());
    }

    @Test
    void lookingAtAPausedConversationChangesNothingInTheList() {
        ConversationId id = house.begin(OLGA, "Hello");
        house.pass(PAUSE);
        house.pass(SECOND);
        watch();
        house.conversations.thread(OLGA, id, 10);
        house.pass(SECOND);
        assertEquals(List.of(), olga.tell());
    }

    @Test
    void deletingAndRestoringAreTold() {
        ConversationId id = house.begin(OLGA, "Hello");
        watch();
        house.conversations.trash().delete(OLGA, id);
        assertEquals(List.of("gone"), olga.tell());
        house.conversations.trash().restore(OLGA, id);
        assertEquals(List.of("PAUSED Hello"), olga.tell());
        assertEquals(List.of(), paul.tell());
    }

    @Test
    void turnThatTheDiskEndsIsOverInTheList() {
        ConversationId id = house.begin(OLGA, "Hello");
        watch();
        house.silent().say(OLGA, id, "More");
        olga.tell();
        house.disk.failOnceAt(1, "force");
        house.model.call().say("Lost").complete();
        house.settle();
        assertEquals(List.of("ACTIVE Hello"), olga.tell());
    }

    @Test
    void whoeverALinkLetInIsToldUntilItIsRevoked() throws IOException {
        ConversationId id = house.begin(OLGA, "Hello");
        Access.Link link = new Access.Link(
                "hash",
                Access.Kind.CODE,
                id,
                OLGA,
                Optional.empty(),
                house.clock.instant(),
                house.clock.instant().plus(PAUSE));
        house.access.add(link).join();
        house.access.grant(link, PAUL, house.clock.instant()).join();
        watch();
        house.say(OLGA, id, "More");
        assertEquals(List.of("RUNNING Hello", "ACTIVE Hello"), paul.tell());
        house.access.revoke("hash", house.clock.instant()).join();
        house.conversations.rename(OLGA, id, "Letters").join();
        assertEquals(List.of(), paul.tell());
    }

    @Test
    void whoHasLeftIsToldNothing() {
        Runnable leave = watch();
        leave.run();
        house.begin(OLGA, "Hello");
        assertEquals(List.of(), olga.tell());
    }

    @Test
    void closingSendsAwayWhoWatchesAndWhoComesLater() {
        watch();
        house.conversations.close();
        assertTrue(olga.ended);
        Noted late = new Noted();
        house.conversations.watchList(OLGA, late);
        assertTrue(late.ended);
    }
}
