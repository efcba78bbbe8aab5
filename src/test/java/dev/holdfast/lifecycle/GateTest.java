package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static dev.holdfast.lifecycle.House.PAUL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Said;
import dev.holdfast.conversation.SendKeyConflict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What requests are let in, and what they find when they are not. */
class GateTest {
    private static final String HOME = "192.0.2.7";
    private static final String ELSEWHERE = "192.0.2.8";

    /** Two messages a minute, one reply at once. */
    private static House narrow() {
        return new House(new Limits(2, 0, 0, 0));
    }

    private static House oneReply() {
        return new House(new Limits(0, 0, 1, 0)).silent();
    }

    private static Passage request(House house, Owner owner) {
        return house.conversations.gate().passage(owner, HOME);
    }

    private static Said say(House house, Owner owner, ConversationId id, String text, String key) {
        var said = house.conversations.say(owner, id, text, Optional.ofNullable(key), request(house, owner));
        house.settle();
        return said.join();
    }

    private static void assertTooMuch(House house, Owner owner, ConversationId id) {
        String before = house.everythingOnDisk();
        assertThrows(TooManyAttemptsException.class, () -> say(house, owner, id, "One more", null));
        assertEquals(before, house.everythingOnDisk(), "nothing changed");
    }

    @Test
    void whoSaidTooMuchSaysNothingUntilTheTimeHasPassed() {
        House house = narrow();
        ConversationId id = house.begin(OLGA, null);
        say(house, OLGA, id, "One", null);
        say(house, OLGA, id, "Two", null);
        assertTooMuch(house, OLGA, id);

        house.pass(Duration.ofSeconds(29));
        assertTooMuch(house, OLGA, id);
        house.pass(Duration.ofSeconds(1));
        say(house, OLGA, id, "Three", null);
        assertTooMuch(house, OLGA, id);
        say(house, PAUL, house.begin(PAUL, null), "Somebody else", null);
    }

    @Test
    void whatWasSaidBeforeUnderTheSameKeyIsAnsweredAsBeforeAndCostsNothing() {
        House house = narrow();
        ConversationId id = house.begin(OLGA, null);
        Said first = say(house, OLGA, id, "One", "key-number-one");
        for (int i = 0; i < 10; i++) {
            assertEquals(first, say(house, OLGA, id, "One", "key-number-one"));
        }
        say(house, OLGA, id, "Two", null);
        assertTooMuch(house, OLGA, id);
        assertEquals(first, say(house, OLGA, id, "One", "key-number-one"));
        CompletionException other =
                assertThrows(CompletionException.class, () -> say(house, OLGA, id, "Something else", "key-number-one"));
        assertTrue(other.getCause() instanceof SendKeyConflict, other.toString());
        assertThrows(TooManyAttemptsException.class, () -> say(house, OLGA, id, "One", "key-number-two"));
    }

    @Test
    void sameKeyAfterACrashIsTheSameRequest() {
        House house = narrow();
        ConversationId id = house.begin(OLGA, null);
        Said first = say(house, OLGA, id, "One", "key-number-one");
        House after = house.afterCrash();
        for (int i = 0; i < 10; i++) {
            assertEquals(first, say(after, OLGA, id, "One", "key-number-one"));
        }
    }

    @Test
    void conversationThatIsThereIsFoundHoweverMuchWasAskedFor() {
        House house = narrow();
        ConversationId first = house.conversations.create(OLGA, "web:1", false, request(house, OLGA));
        house.conversations.create(OLGA, "web:2", false, request(house, OLGA));
        String before = house.everythingOnDisk();
        assertThrows(
                TooManyAttemptsException.class,
                () -> house.conversations.create(OLGA, "web:3", false, request(house, OLGA)));
        assertEquals(before, house.everythingOnDisk());
        assertEquals(first, house.conversations.create(OLGA, "web:1", false, request(house, OLGA)));
    }

    @Test
    void conversationAndItsFirstMessageAreOneRequest() {
        House house = narrow();
        for (int i = 0; i < 2; i++) {
            Passage passage = request(house, OLGA);
            ConversationId id = house.conversations.create(OLGA, "web:" + i, true, passage);
            house.conversations.say(OLGA, id, "Hello", Optional.empty(), passage);
            house.settle();
        }
        assertThrows(TooManyAttemptsException.class, () -> request(house, OLGA).pass());
    }

    @Test
    void editingAndAskingAgainCountAsSaying() {
        House house = narrow();
        ConversationId id = house.begin(OLGA, "Hello");
        house.conversations.branches().regenerate(OLGA, id, Optional.of("m2"), request(house, OLGA));
        house.settle();
        house.conversations.branches().edit(OLGA, id, "m1", "Hi", Optional.empty(), request(house, OLGA));
        house.settle();
        String before = house.everythingOnDisk();
        assertThrows(
                TooManyAttemptsException.class,
                () -> house.conversations.branches().regenerate(OLGA, id, Optional.of("m2"), request(house, OLGA)));
        assertThrows(
                TooManyAttemptsException.class,
                () -> house.conversations
                        .branches()
                        .edit(OLGA, id, "m1", "Hey", Optional.empty(), request(house, OLGA)));
        assertEquals(before, house.everythingOnDisk());
    }

    @Test
    void whatIsSaidInTheTerminalIsNotLimited() {
        House house = new House(new Limits(1, 1, 1, 1)).silent();
        for (int i = 0; i < 5; i++) {
            house.begin(OLGA, "Hello " + i);
        }
        assertEquals(5, house.conversations.running());
    }

    @Test
    void replyTooManyIsRefusedUntilOneEnds() {
        House house = oneReply();
        ConversationId running = house.begin(OLGA, "One");
        ConversationId other = house.begin(OLGA, null);
        TooManyAttemptsException refused =
                assertThrows(TooManyAttemptsException.class, () -> say(house, OLGA, other, "Two", null));
        assertEquals(
                "In your conversations as many replies are being written as may be at once. Nothing was done. Wait for the"
                        + " end of one or stop one. Try again in 5 seconds.",
                refused.getMessage());
        assertEquals(5, refused.retryAfterSeconds());
        assertTooMuch(house, OLGA, other);
        String before = house.everythingOnDisk();
        assertThrows(
                TooManyAttemptsException.class,
                () -> house.conversations.create(OLGA, "web:new", true, request(house, OLGA)));
        assertEquals(before, house.everythingOnDisk(), "no conversation without its first message");
        house.conversations.create(OLGA, "web:new", false, request(house, OLGA));
        say(house, PAUL, house.begin(PAUL, null), "Somebody else", null);

        house.model.calls().get(0).say("Yes.").complete();
        house.settle();
        say(house, OLGA, other, "Two", null);
        assertThrows(
                TooManyAttemptsException.class,
                () -> house.conversations
                        .branches()
                        .regenerate(OLGA, running, Optional.of("m2"), request(house, OLGA)));
    }

    @Test
    void messageBehindARunningReplyWaitsThereAndBeginsNoOther() {
        House house = oneReply();
        ConversationId id = house.begin(OLGA, "One");
        assertTrue(say(house, OLGA, id, "Two", null).queued());
        assertTrue(say(house, OLGA, id, "Three", null).queued());
        assertEquals(1, house.conversations.running());
    }

    @Test
    void sameKeyIsAnsweredHoweverManyRepliesRun() {
        House house = oneReply();
        ConversationId id = house.begin(OLGA, null);
        Said first = say(house, OLGA, id, "One", "key-number-one");
        house.model.call().say("Yes.").complete();
        house.settle();
        house.begin(OLGA, "Elsewhere");
        assertEquals(first, say(house, OLGA, id, "One", "key-number-one"));
    }

    @Test
    void replyThatWasStoppedOrFailedCountsNoLonger() {
        House house = oneReply();
        ConversationId id = house.begin(OLGA, null);
        for (int i = 0; i < 5; i++) {
            ConversationId stopped = house.conversations.create(OLGA, "web:stopped" + i);
            say(house, OLGA, stopped, "Stop", null);
            assertTooMuch(house, OLGA, id);
            house.conversations.stop(OLGA, stopped);
            house.settle();

            ConversationId deleted = house.conversations.create(OLGA, "web:deleted" + i);
            say(house, OLGA, deleted, "Delete", null);
            assertTooMuch(house, OLGA, id);
            house.conversations.trash().delete(OLGA, deleted);
            house.settle();
        }
        say(house, OLGA, id, "One", null);
    }

    @Test
    void replyThatGoesOnAfterACrashCountsAndCountsNoLongerWhenItEnds() {
        House house = oneReply();
        house.begin(OLGA, "One");
        ConversationId other = house.begin(OLGA, null);
        House after = house.afterCrash().silent();
        after.conversations.recover();
        after.settle();
        assertEquals(1, after.conversations.running());
        assertTooMuch(after, OLGA, other);
        after.model.call().say("Yes.").complete();
        after.settle();
        say(after, OLGA, other, "Two", null);
    }

    @Test
    void whoIsRefusedForTheRepliesThatRunHasSaidNothing() {
        House house = new House(new Limits(2, 0, 1, 0)).silent();
        ConversationId running = house.begin(OLGA, null);
        say(house, OLGA, running, "One", null);
        ConversationId other = house.conversations.create(OLGA, "web:other");
        for (int i = 0; i < 10; i++) {
            assertTooMuch(house, OLGA, other);
        }
        house.conversations.stop(OLGA, running);
        house.settle();
        say(house, OLGA, other, "Two", null);
    }

    @Test
    void repliesOfANetworkAreCountedTogetherAndAreThoseThatRun() {
        House house = new House(new Limits(0, 0, 0, 2)).silent();
        ConversationId ofOlga = house.begin(OLGA, null);
        ConversationId ofPaul = house.begin(PAUL, null);
        Owner irina = new Owner("h:irina");
        ConversationId ofIrina = house.begin(irina, null);
        for (int i = 0; i < 3; i++) {
            say(house, OLGA, ofOlga, "One", null);
            say(house, PAUL, ofPaul, "One", null);
            TooManyAttemptsException refused =
                    assertThrows(TooManyAttemptsException.class, () -> say(house, irina, ofIrina, "One", null));
            assertTrue(refused.getMessage().startsWith("For your network as many replies"), refused.getMessage());
            Passage elsewhere = house.conversations.gate().passage(irina, ELSEWHERE);
            house.conversations.say(irina, ofIrina, "One", Optional.empty(), elsewhere);
            house.settle();
            for (ConversationId id : List.of(ofOlga, ofIrina)) {
                house.conversations.stop(id.equals(ofOlga) ? OLGA : irina, id);
            }
            house.settle();
            house.conversations.trash().delete(PAUL, ofPaul);
            house.conversations.trash().restore(PAUL, ofPaul);
            house.conversations.stop(PAUL, ofPaul);
            house.settle();
        }
    }
}
