package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.TurnRecovery;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Turns that broke off with the process. */
class RecoveryTest {
    private static final Duration JOURNALED = Duration.ofSeconds(2);

    private House house = new House();
    private final ConversationId id = house.begin(OLGA, "Hello");

    /** A reply of which so much has come, and is on disk. */
    private void replyBegins(String text) {
        house.model.onAsk(call -> call.say(text));
        house.say(OLGA, id, "Tell me");
        house.pass(JOURNALED);
    }

    /** A new process, in which nobody looks at anything. */
    private void crash(TurnRecovery recovery) {
        house = house.afterCrash(recovery);
    }

    private void start() {
        house.conversations.recover();
        house.settle();
    }

    private List<Message> answers() {
        return house.conversations.thread(OLGA, id, 50).messages().get(3).siblings().stream()
                .map(each -> house.conversations
                        .message(OLGA, id, each)
                        .orElseThrow()
                        .message())
                .toList();
    }

    @Test
    void theTurnGoesOnByItselfAndThePartialReplyStaysBesideIt() {
        replyBegins("Once upon");
        crash(TurnRecovery.AUTO);
        start();

        assertEquals(List.of("Hello", "Echo of Hello", "Tell me", "Echo of Tell me"), house.texts(OLGA, id));
        assertEquals(
                List.of("Once upon", "Echo of Tell me"),
                answers().stream().map(Message::text).toList());
        assertEquals(Stop.INTERRUPTED, answers().get(0).stop());
        assertEquals(Stop.COMPLETE, answers().get(1).stop());
    }

    @Test
    void aMessageThatWasSavedIsAnsweredThoughTheModelWasNeverAsked() {
        house.conversations.say(OLGA, id, "Tell me", Optional.empty()).join(); // and no step further
        crash(TurnRecovery.AUTO);
        start();

        assertEquals("Echo of Tell me", house.texts(OLGA, id).get(3));
    }

    @Test
    void whatWasQueuedHasItsTurnAfterThat() {
        replyBegins("Once upon");
        house.say(OLGA, id, "And then?");
        crash(TurnRecovery.AUTO);
        start();

        assertEquals(
                List.of("Hello", "Echo of Hello", "Tell me", "Echo of Tell me", "And then?", "Echo of And then?"),
                house.texts(OLGA, id));
    }

    @Test
    void aTurnThatEndsWithTheProcessThreeTimesIsLeftAloneAndThePersonMayGoOn() {
        replyBegins("Once upon");
        for (int tries = 1; tries < TurnRecovery.MOST_TRIES; tries++) {
            crash(TurnRecovery.AUTO);
            house.model.onAsk(call -> call.say("Once upon a"));
            start();
            house.pass(JOURNALED);
            assertTrue(house.conversations.thread(OLGA, id, 50).running());
        }
        crash(TurnRecovery.AUTO);
        start();

        ThreadSnapshot left = house.conversations.thread(OLGA, id, 50);
        assertFalse(left.running());
        assertTrue(left.unanswered());
        assertEquals(TurnRecovery.MOST_TRIES, answers().size());

        house.conversations.branches().regenerate(OLGA, id, Optional.empty());
        house.settle();
        assertEquals("Echo of Tell me", house.texts(OLGA, id).get(3));
        assertFalse(house.conversations.thread(OLGA, id, 50).unanswered());
    }

    /** What waits behind the turn keeps nobody from going on with it, and has its own turn after that. */
    @Test
    void aTurnThatIsLeftAloneCanBeGoneOnWithThoughMoreWaitsBehindIt() {
        replyBegins("Once upon");
        house.say(OLGA, id, "And then?");
        for (int tries = 1; tries < TurnRecovery.MOST_TRIES; tries++) {
            crash(TurnRecovery.AUTO);
            house.model.onAsk(call -> call.say("Once upon a"));
            start();
            house.pass(JOURNALED);
        }
        crash(TurnRecovery.AUTO);
        start();
        assertEquals(1, house.conversations.thread(OLGA, id, 50).queued().size());

        house.conversations.branches().regenerate(OLGA, id, Optional.empty()).join();
        house.settle();

        assertEquals(
                List.of("Hello", "Echo of Hello", "Tell me", "Echo of Tell me", "And then?", "Echo of And then?"),
                house.texts(OLGA, id));
    }

    @Test
    void aServerThatIsStoppedAndStartedManyTimesGoesOnEachTime() {
        replyBegins("Once upon");
        for (int stops = 0; stops < 2 * TurnRecovery.MOST_TRIES; stops++) {
            house.conversations.close();
            house.settle();
            crash(TurnRecovery.AUTO);
            house.model.onAsk(call -> call.say("Once upon a"));
            start();
            assertTrue(house.conversations.thread(OLGA, id, 50).running());
        }
        house.conversations.close();
        house.settle();
        crash(TurnRecovery.AUTO);
        start();

        assertEquals("Echo of Tell me", house.texts(OLGA, id).get(3));
    }

    @Test
    void nothingBeginsAnyMoreWhileTheServerStops() {
        replyBegins("Once upon");
        house.say(OLGA, id, "And then?");
        house.conversations.close();
        house.settle();

        assertEquals(List.of("Hello", "Echo of Hello", "Tell me", "Once upon"), house.texts(OLGA, id));
    }

    @Test
    void whoIsToBeAskedIsAskedAndTheQueueWaits() {
        replyBegins("Once upon");
        house.say(OLGA, id, "And then?");
        crash(TurnRecovery.ASK);
        start();

        ThreadSnapshot asking = house.conversations.thread(OLGA, id, 50);
        assertTrue(asking.unanswered());
        assertEquals(1, asking.queued().size());
        assertEquals("Once upon", house.texts(OLGA, id).get(3));
    }

    @Test
    void whatIsNeverAskedAgainMakesWayForTheQueue() {
        replyBegins("Once upon");
        house.say(OLGA, id, "And then?");
        crash(TurnRecovery.NEVER);
        house.settle();

        assertEquals(
                "Once upon",
                house.conversations
                        .thread(OLGA, id, 50)
                        .messages()
                        .get(3)
                        .message()
                        .text());
        house.settle();
        assertEquals(
                List.of("Hello", "Echo of Hello", "Tell me", "Once upon", "And then?", "Echo of And then?"),
                house.texts(OLGA, id));
    }

    @Test
    void conversationInTheTrashStaysAsItIs() {
        replyBegins("Once upon");
        house.conversations.trash().delete(OLGA, id);
        crash(TurnRecovery.AUTO);
        start();

        assertTrue(house.conversations.trash().holds(OLGA, id));
        assertFalse(house.everythingOnDisk().contains("Echo of Tell me"));
    }

    @Test
    void whoWentElsewhereIsNotAnsweredThere() {
        replyBegins("Once upon");
        crash(TurnRecovery.ASK);
        start();
        house.conversations.thread(OLGA, id, 50);
        house.conversations.branches().undo(OLGA, id).join();
        crash(TurnRecovery.AUTO);
        start();

        assertEquals(List.of("Hello", "Echo of Hello"), house.texts(OLGA, id));
        assertFalse(house.conversations.thread(OLGA, id, 50).unanswered());
    }
}
