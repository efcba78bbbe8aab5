package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static dev.holdfast.lifecycle.House.PAUL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.NoSuchMessageException;
import dev.holdfast.conversation.SendKeyConflict;
import dev.holdfast.conversation.TurnRunsException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ways through a conversation other than straight on. What is shown must be what a restart shows. */
class BranchesTest {
    private final House house = new House();
    private final ConversationId id = house.begin(OLGA, "Hello");

    private Branches branches() {
        return house.conversations.branches();
    }

    private void done(CompletableFuture<?> future) {
        house.settle();
        future.join();
        house.settle();
    }

    private void edit(String message, String text) {
        done(branches().edit(OLGA, id, message, text, Optional.empty()));
    }

    private void regenerate(String message) {
        done(branches().regenerate(OLGA, id, Optional.of(message)));
    }

    private void assertShown(String... texts) {
        assertEquals(List.of(texts), house.texts(OLGA, id));
    }

    private List<String> siblings(int index) {
        return house.conversations.thread(OLGA, id, 50).messages().get(index).siblings();
    }

    private static void assertRefused(Class<? extends Exception> why, CompletableFuture<?> future) {
        assertInstanceOf(
                why, assertThrows(CompletionException.class, future::join).getCause());
    }

    @AfterEach
    void aRestartShowsTheSame() {
        List<String> shown = house.texts(OLGA, id);
        House after = house.afterCrash();
        assertEquals(shown, after.texts(OLGA, id));
        assertEquals(
                house.conversations.thread(OLGA, id, 50).messages().stream()
                        .map(ShownMessage::siblings)
                        .toList(),
                after.conversations.thread(OLGA, id, 50).messages().stream()
                        .map(ShownMessage::siblings)
                        .toList());
    }

    @Test
    void regeneratedReplyStandsInThePlaceOfTheOtherWhichStays() {
        house.model.onAsk(call -> call.say("Another").complete());
        regenerate("m2");

        assertShown("Hello", "Another");
        assertEquals(List.of("m2", "m3"), siblings(1));

        done(branches().show(OLGA, id, "m2"));
        assertShown("Hello", "Echo of Hello");
    }

    @Test
    void anEarlierReplyIsAnsweredAgainWithWhatWasSaidBeforeItOnly() {
        house.say(OLGA, id, "And then?");
        house.model.onAsk(
                call -> call.say(call.asked().size() + " messages seen").complete());
        regenerate("m2");

        assertShown("Hello", "1 messages seen");
        done(branches().show(OLGA, id, "m2"));
        assertShown("Hello", "Echo of Hello", "And then?", "Echo of And then?");
    }

    @Test
    void editedMessageBeginsABranchAndIsAnswered() {
        house.say(OLGA, id, "And then?");
        edit("m3", "And before?");

        assertShown("Hello", "Echo of Hello", "And before?", "Echo of And before?");
        assertEquals(List.of("m3", "m5"), siblings(2));
        done(branches().show(OLGA, id, "m3"));
        assertShown("Hello", "Echo of Hello", "And then?", "Echo of And then?");
    }

    @Test
    void theFirstMessageCanBeSaidOtherwise() {
        edit("m1", "Good evening");

        assertShown("Good evening", "Echo of Good evening");
        assertEquals(List.of("m1", "m3"), siblings(0));
        assertEquals("Hello", house.conversations.thread(OLGA, id, 50).title(), "it keeps its name");
    }

    @Test
    void anEditThatIsSentAgainIsOneMessage() {
        done(branches().edit(OLGA, id, "m1", "Good evening", Optional.of("key-one-1")));
        done(branches().edit(OLGA, id, "m1", "Good evening", Optional.of("key-one-1")));
        assertShown("Good evening", "Echo of Good evening");
        assertRefused(SendKeyConflict.class, branches().edit(OLGA, id, "m1", "Good night", Optional.of("key-one-1")));
    }

    @Test
    void undoGoesBackAnExchangeAtATimeAndRedoBringsThemBack() {
        house.say(OLGA, id, "And then?");
        done(branches().undo(OLGA, id));
        assertShown("Hello", "Echo of Hello");
        done(branches().undo(OLGA, id));
        assertShown();
        assertRefused(NoSuchMessageException.class, branches().undo(OLGA, id));

        done(branches().redo(OLGA, id));
        assertShown("Hello", "Echo of Hello");
        done(branches().redo(OLGA, id));
        assertShown("Hello", "Echo of Hello", "And then?", "Echo of And then?");
        assertRefused(NoSuchMessageException.class, branches().redo(OLGA, id));
    }

    @Test
    void whatIsSaidAfterAnUndoIsAnotherBranch() {
        house.say(OLGA, id, "And then?");
        done(branches().undo(OLGA, id));
        house.say(OLGA, id, "And before?");

        assertShown("Hello", "Echo of Hello", "And before?", "Echo of And before?");
        assertEquals(List.of("m3", "m5"), siblings(2));
    }

    @Test
    void nothingIsMovedWhileAReplyIsWritten() {
        house.silent();
        house.say(OLGA, id, "And then?");

        assertRefused(TurnRunsException.class, branches().undo(OLGA, id));
        assertRefused(TurnRunsException.class, branches().redo(OLGA, id));
        assertRefused(TurnRunsException.class, branches().show(OLGA, id, "m1"));
        assertRefused(TurnRunsException.class, branches().regenerate(OLGA, id, Optional.of("m2")));
        assertRefused(TurnRunsException.class, branches().edit(OLGA, id, "m1", "Other", Optional.empty()));
        house.conversations.stop(OLGA, id);
        house.settle();
    }

    @Test
    void messageThatIsNotThereIsNotFound() {
        assertThrows(NoSuchMessageException.class, () -> branches().edit(OLGA, id, "m9", "Other", Optional.empty()));
        assertThrows(NoSuchMessageException.class, () -> branches().regenerate(OLGA, id, Optional.of("../m1")));
        assertThrows(NoSuchMessageException.class, () -> branches().show(OLGA, id, ""));
        assertRefused(NoSuchMessageException.class, branches().edit(OLGA, id, "m2", "a reply", Optional.empty()));
    }

    @Test
    void anotherPersonsConversationIsNotThere() {
        assertThrows(NoSuchConversationException.class, () -> branches().undo(PAUL, id));
        assertThrows(NoSuchConversationException.class, () -> branches().redo(PAUL, id));
        assertThrows(NoSuchConversationException.class, () -> branches().show(PAUL, id, "m1"));
        assertThrows(NoSuchConversationException.class, () -> branches().regenerate(PAUL, id, Optional.empty()));
        assertThrows(
                NoSuchConversationException.class, () -> branches().edit(PAUL, id, "m1", "Other", Optional.empty()));
    }

    @Test
    void farBackInALongConversationEveryWayLeadsThereAndBack() {
        for (int i = 2; i <= 120; i++) {
            house.say(OLGA, id, "Question " + i);
        }
        List<String> all = house.texts(OLGA, id);
        House again = house.afterCrash();
        Branches branches = again.conversations.branches();
        CompletableFuture<?> edited = branches.edit(OLGA, id, "m9", "Otherwise", Optional.empty());
        again.settle();
        edited.join();
        again.settle();

        assertEquals(10, again.texts(OLGA, id).size());
        assertEquals(List.of("m9", "m241"), siblingsOf(again, 8));
        assertEquals(again.texts(OLGA, id), again.afterCrash().texts(OLGA, id));

        House back = again.afterCrash();
        back.conversations.branches().show(OLGA, id, "m9").join();
        assertEquals(all, back.texts(OLGA, id));
        House asWhole = back.afterCrash();
        assertEquals(all, asWhole.texts(OLGA, id));
        List<ShownMessage> far =
                asWhole.conversations.before(OLGA, id, "m11", 50).messages();
        assertEquals(List.of("m9", "m241"), far.get(8).siblings(), "also where it is not in memory");
    }

    private List<String> siblingsOf(House where, int index) {
        return where.conversations.thread(OLGA, id, 50).messages().get(index).siblings();
    }
}
