package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Said;
import dev.holdfast.conversation.Stop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is said while a reply runs, and replies that are stopped. */
class QueueAndStopTest {
    private final TurnBench bench = new TurnBench();
    private final ScriptedModel model = bench.model;
    private final NotedEvents reader = bench.watch(null);

    @Test
    void whatIsSaidDuringAReplyWaitsAndIsAnsweredInOrder() {
        model.onAsk(call -> {});
        bench.say("One");
        assertEquals(new Said("m3", "m3", true), bench.say("Two"));
        assertEquals(new Said("m4", "m4", true), bench.say("Three"));
        assertEquals(List.of("Two", "Three"), bench.queued());
        for (int turn = 1; turn <= 3; turn++) {
            assertEquals(turn, model.calls().size());
            model.call().say("Answer " + turn).complete();
            bench.settle();
        }
        assertEquals(
                List.of("m1 One", "m2 Answer 1", "m3 Two", "m5 Answer 2", "m4 Three", "m6 Answer 3"), bench.path());
        assertEquals(List.of(), bench.queued());
        assertFalse(bench.live.running());
        assertEquals(
                List.of(
                        "saved m1",
                        "begun m2 to m1",
                        "waiting m3",
                        "waiting m4",
                        "grown m2 0@0 Answer 1",
                        "done m2 complete",
                        "saved m3",
                        "begun m5 to m3"),
                reader.told().subList(0, 8));
    }

    @Test
    void aFailedTurnDoesNotHoldUpWhatWaits() {
        bench.say("One");
        bench.say("Two");
        model.call().fail("Gone.");
        bench.settle();
        assertEquals(List.of("One", "Two"), model.call().asked());
    }

    /** It was accepted while the turn ran, and is on disk only when that is over. */
    @Test
    void aMessageThatIsSavedWithTheTurnsEndIsAnswered() {
        bench.say("One");
        bench.writeByHand();
        model.call().say("Answer").complete();
        CompletableFuture<Said> said = bench.saying("Two", null);
        bench.write();
        assertFalse(bench.live.running(), "the turn has ended before anybody begins the next");
        bench.settle();
        assertTrue(said.join().queued());
        assertEquals(List.of("One", "Answer", "Two"), model.call().asked());
        assertEquals(List.of(), bench.queued());
    }

    @Test
    void whatIsSaidAfterTheEndOfATurnWaitsBehindWhatWasQueuedInIt() {
        bench.say("One");
        bench.writeByHand();
        model.call().say("Answer").complete();
        bench.saying("Two", null);
        bench.write();
        CompletableFuture<Said> third = bench.saying("Three", null);
        bench.settle();
        assertTrue(third.join().queued());
        model.call().say("Second").complete();
        bench.settle();
        assertEquals(
                List.of("One", "Answer", "Two", "Second", "Three"), model.call().asked());
    }

    @Test
    void stopEndsAReplyWithWhatHasComeAndCancelsTheCall() {
        bench.say("Hello");
        model.call().say("Nice to ");
        bench.turns.stop(bench.live);
        model.call().say("meet you");
        bench.settle();
        assertEquals("Nice to ", bench.head().text());
        assertEquals(Stop.STOPPED, bench.head().stop());
        assertEquals(1, model.call().cancels());
        assertFalse(bench.live.running());
        assertEquals("done m2 stopped", reader.told().get(3));
    }

    @Test
    void stopBeforeTheModelIsAskedAsksNoModel() {
        bench.writeByHand();
        bench.saying("Hello", null);
        bench.turns.stop(bench.live);
        bench.settle();
        assertEquals(List.of(), model.calls());
        assertEquals(Stop.STOPPED, bench.head().stop());
        assertEquals(List.of(), bench.head().content());
    }

    @Test
    void stopWhileTheModelIsBeingAskedCancelsTheCall() {
        model.onAsk(call -> bench.turns.stop(bench.live));
        bench.say("Hello");
        assertEquals(Stop.STOPPED, bench.head().stop());
        assertEquals(1, model.call().cancels());
    }

    @Test
    void stopAfterTheEndChangesNothing() {
        bench.say("Hello");
        model.call().say("Hi").complete();
        bench.turns.stop(bench.live);
        bench.settle();
        bench.turns.stop(bench.live);
        bench.settle();
        assertEquals(Stop.COMPLETE, bench.head().stop());
        bench.say("And?");
        model.call().say("Yes").complete();
        bench.settle();
        assertEquals(Stop.COMPLETE, bench.head().stop(), "the next turn was not stopped");
    }

    @Test
    void stoppingTwiceIsStoppingOnce() {
        bench.say("Hello");
        bench.turns.stop(bench.live);
        bench.turns.stop(bench.live);
        bench.settle();
        assertEquals(List.of("user", "reply", "trace", "assistant"), bench.lines());
    }

    @Test
    void stopEndsTheRunningReplyOnly() {
        bench.say("One");
        bench.say("Two");
        bench.turns.stop(bench.live);
        bench.settle();
        assertEquals(List.of("One", "Two"), model.call().asked());
        model.call().say("Answer").complete();
        bench.settle();
        assertEquals(Stop.COMPLETE, bench.head().stop());
    }
}
