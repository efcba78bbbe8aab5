package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static dev.holdfast.lifecycle.House.PAUL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.agent.NotedEvents;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.store.Access;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose conversation it is, and what everybody else can do with it: nothing, nor learn that it is there. */
class OwnershipTest {
    /** Something that can be tried on a conversation, named as its method. */
    record Try(String method, boolean inTrash, Action action) {
        interface Action {
            void on(Conversations conversations, Owner owner, ConversationId id);
        }

        Try(String method, Action action) {
            this(method, false, action);
        }

        /** Brings a conversation to where its owner may do this. */
        void prepare(Conversations conversations, ConversationId olgas) {
            if (inTrash) {
                conversations.trash().delete(OLGA, olgas);
            }
        }

        @Override
        public String toString() {
            return method;
        }
    }

    private final House house = new House();
    private final ConversationId olgas = house.begin(OLGA, "My secret is 42");

    /** What its owner may do, and whoever it was opened to. */
    static Stream<Try> shared() {
        return Stream.of(
                new Try("thread", (all, owner, id) -> all.thread(owner, id, 10)),
                new Try("before", (all, owner, id) -> all.before(owner, id, "m2", 10)),
                new Try("message", (all, owner, id) -> all.message(owner, id, "m1")),
                new Try("waiting", (all, owner, id) -> all.waiting(owner, id, "m1")),
                new Try("say", (all, owner, id) -> all.say(owner, id, "Hello", Optional.empty())),
                new Try("keepDraft", (all, owner, id) -> all.keepDraft(owner, id, "Dear neighb")),
                new Try("draft", Conversations::draft),
                new Try("stop", Conversations::stop),
                new Try("extend", Conversations::extend),
                new Try("resume", (all, owner, id) -> all.resume(owner, id, false)),
                new Try("rename", (all, owner, id) -> all.rename(owner, id, "Mine")),
                new Try("watch", (all, owner, id) -> all.watch(owner, id, Optional.empty(), new NotedEvents())),
                new Try("check", Conversations::check),
                new Try("edit", (all, owner, id) -> all.branches().edit(owner, id, "m1", "Hello", Optional.empty())),
                new Try("regenerate", (all, owner, id) -> all.branches().regenerate(owner, id, Optional.empty())),
                new Try("undo", (all, owner, id) -> all.branches().undo(owner, id)),
                new Try("redo", (all, owner, id) -> all.branches().redo(owner, id)),
                new Try("show", (all, owner, id) -> all.branches().show(owner, id, "m1")),
                new Try("pin", (all, owner, id) -> all.memory().pin(owner, id, "m1", true)),
                new Try("takeSummaryBack", (all, owner, id) -> all.memory().takeSummaryBack(owner, id)));
    }

    /** What its owner alone may do. */
    static Stream<Try> ownersOnly() {
        return Stream.of(
                new Try("delete", (all, owner, id) -> all.trash().delete(owner, id)),
                new Try("restore", true, (all, owner, id) -> all.trash().restore(owner, id)));
    }

    static Stream<Try> tries() {
        return Stream.concat(shared(), ownersOnly());
    }

    /** A method that takes an owner and an id and is not tried here would be a door that nobody watches. */
    @Test
    void everyMethodThatTakesAnOwnerAndAnIdIsTried() {
        Set<String> doors = Stream.of(Conversations.class, Branches.class, Memory.class, Trash.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Owner.class))
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(ConversationId.class))
                .map(Method::getName)
                .filter(name -> !Set.of("mayOpen", "holds").contains(name))
                .collect(Collectors.toSet());
        assertEquals(doors, tries().map(Try::method).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("tries")
    void someoneElsesConversationIsLikeNone(Try attempt) {
        attempt.prepare(house.conversations, olgas);
        String before = house.everythingOnDisk();
        ConversationId none = ConversationId.create(HandClock.START, new Random(16));
        NoSuchConversationException others = assertThrows(
                NoSuchConversationException.class, () -> attempt.action().on(house.conversations, PAUL, olgas));
        NoSuchConversationException nobodys = assertThrows(
                NoSuchConversationException.class, () -> attempt.action().on(house.conversations, PAUL, none));
        assertEquals(nobodys.getMessage(), others.getMessage(), "nobody learns that it is there");
        house.settle();
        assertEquals(before, house.everythingOnDisk());
    }

    @ParameterizedTest
    @MethodSource("tries")
    void theOwnerMay(Try attempt) {
        attempt.prepare(house.conversations, olgas);
        attempt.action().on(house.conversations, OLGA, olgas);
    }

    @ParameterizedTest
    @MethodSource("shared")
    void aGrantOpensThatConversationAndNoOther(Try attempt) {
        ConversationId other = house.begin(OLGA, "Another one");
        grant(PAUL, olgas);
        attempt.action().on(house.conversations, PAUL, olgas);
        assertThrows(NoSuchConversationException.class, () -> attempt.action().on(house.conversations, PAUL, other));
    }

    @ParameterizedTest
    @MethodSource("ownersOnly")
    void aGrantDoesNotReachToTheTrash(Try attempt) {
        grant(PAUL, olgas);
        house.conversations.check(PAUL, olgas);
        attempt.prepare(house.conversations, olgas);
        String before = house.everythingOnDisk();
        assertThrows(NoSuchConversationException.class, () -> attempt.action().on(house.conversations, PAUL, olgas));
        assertEquals(before, house.everythingOnDisk());
    }

    @ParameterizedTest
    @MethodSource("shared")
    void whatIsInTheTrashOpensToNobody(Try attempt) {
        grant(PAUL, olgas);
        house.conversations.trash().delete(OLGA, olgas);
        for (Owner owner : List.of(OLGA, PAUL)) {
            assertThrows(
                    NoSuchConversationException.class, () -> attempt.action().on(house.conversations, owner, olgas));
        }
        house.conversations.trash().restore(OLGA, olgas);
        attempt.action().on(house.conversations, PAUL, olgas);
    }

    @ParameterizedTest
    @MethodSource("tries")
    void aGrantThatWasRevokedOpensNothing(Try attempt) {
        grant(PAUL, olgas);
        attempt.prepare(house.conversations, olgas);
        house.access.revoke("hash", HandClock.START).join();
        assertThrows(NoSuchConversationException.class, () -> attempt.action().on(house.conversations, PAUL, olgas));
    }

    private void grant(Owner to, ConversationId id) {
        Access.Link link = new Access.Link(
                "hash",
                Access.Kind.MAIL,
                id,
                OLGA,
                Optional.empty(),
                HandClock.START,
                HandClock.START.plus(Duration.ofHours(48)));
        house.access.add(link).join();
        house.access.grant(link, to, HandClock.START).join();
    }

    private List<ConversationId> list(Owner owner) {
        return house.conversations.list(owner, Optional.empty(), 1000).stream()
                .map(listed -> listed.listing().id())
                .toList();
    }

    @Test
    void aListHoldsOnesOwnAndWhatWasOpenedTheMostRecentFirst() {
        house.pass(Duration.ofSeconds(1));
        ConversationId pauls = house.begin(PAUL, "Mine");
        house.pass(Duration.ofSeconds(1));
        ConversationId olgasOther = house.begin(OLGA, "Another one");
        assertEquals(List.of(olgasOther, olgas), list(OLGA));
        assertEquals(List.of(pauls), list(PAUL));
        grant(PAUL, olgas);
        assertEquals(List.of(pauls, olgas), list(PAUL));
        assertEquals(List.of(), list(new Owner("h:third")));
    }

    @Test
    void aConversationInWhichNothingWasSaidIsNotListed() {
        house.begin(OLGA, null);
        assertEquals(List.of(olgas), list(OLGA));
    }

    @Test
    void aListSaysWhereAReplyIsBeingWritten() {
        house.silent().say(OLGA, olgas, "Tell me");
        assertEquals(
                ListedConversation.State.RUNNING,
                house.conversations.list(OLGA, Optional.empty(), 1000).get(0).state());
        house.model.call().complete();
        house.settle();
        assertEquals(
                ListedConversation.State.ACTIVE,
                house.conversations.list(OLGA, Optional.empty(), 1000).get(0).state());
    }

    @Test
    void theSameChannelKeyIsTheSameConversationForItsOwnerOnly() {
        ConversationId id = house.conversations.create(OLGA, "web:key");
        assertEquals(id, house.conversations.create(OLGA, "web:key"));
        assertNotEquals(id, house.conversations.create(PAUL, "web:key"));
        assertNotEquals(id, house.conversations.create(OLGA, "web:other"));
    }

    @Test
    void aBrowsersSecretProvesItsOwnerAndIsNotKept() {
        Identity identity = new Identity(new Random(17));
        Identity.Issued issued = identity.issue();
        assertEquals(Optional.of(issued.owner()), identity.owner(issued.secret()));
        assertTrue(issued.owner().name().matches("h:[0-9a-f]{64}"));
        assertNotEquals(issued.owner(), identity.issue().owner());
        house.begin(issued.owner(), "Hello");
        assertTrue(house.everythingOnDisk().contains(issued.owner().name()), "the search would find it");
        assertFalse(house.everythingOnDisk().contains(issued.secret()));
        assertEquals(Optional.empty(), identity.owner(issued.owner().name().substring(2)), "the hash proves nothing");
        assertEquals(Optional.empty(), identity.owner(null));
    }

    @Test
    void aThreadIsShownInPartsFromTheEnd() {
        for (int i = 1; i < 6; i++) {
            house.say(OLGA, olgas, "word " + i);
        }
        ThreadSnapshot newest = house.conversations.thread(OLGA, olgas, 4);
        assertEquals(4, newest.messages().size());
        assertTrue(newest.more());
        assertEquals(6, newest.exchanges());
        assertEquals("word 5", newest.lastTopic());
        assertEquals("My secret is 42", newest.title());
        String first = newest.messages().get(0).message().id();
        Snapshots.Page older = house.conversations.before(OLGA, olgas, first, 5);
        assertEquals(5, older.messages().size());
        assertTrue(older.more());
        String next = older.messages().get(0).message().id();
        Snapshots.Page oldest = house.conversations.before(OLGA, olgas, next, 5);
        assertEquals(3, oldest.messages().size());
        assertFalse(oldest.more());
        assertEquals(
                List.of(), house.conversations.before(OLGA, olgas, "m999", 5).messages());
        assertEquals(12L * 6, newest.usage().input());
    }

    @Test
    void whoWatchesFromASnapshotOnMissesNothingAndHearsNothingTwice() {
        house.silent().say(OLGA, olgas, "Tell me");
        house.model.call().say("Once ", "upon ");
        ThreadSnapshot snapshot = house.conversations.thread(OLGA, olgas, 10);
        assertEquals("Once upon ", snapshot.reply().orElseThrow().parts().get(0).text());
        NotedEvents reader = house.watch(OLGA, olgas, snapshot.cursor());
        house.model.call().say("a time").complete();
        house.settle();
        assertEquals(List.of("grown m4 0@10 a time", "done m4 complete"), reader.told());
    }
}
