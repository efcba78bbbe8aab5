package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import dev.holdfast.model.ModelFailure;
import dev.holdfast.model.RetryingModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model that breaks off in mid-reply is asked again, after a while and not for ever. */
class BrokenReplyTest {
    private static final String BROKE = "The connection broke.";

    private final TurnBench bench = new TurnBench(TurnRecovery.AUTO);
    private final ScriptedModel model = bench.model;
    private final NotedEvents reader = bench.watch(null);

    private void breakOff(String text) {
        model.call().say(text).fail(BROKE);
        bench.settle();
    }

    private static ModelFailure failure(ModelFailure.Kind kind, Duration retryAfter) {
        return new ModelFailure(kind, BROKE, Optional.ofNullable(retryAfter));
    }

    private List<Message> answers() {
        return bench.live.locked(transcript -> transcript.tree().children(Optional.of("m1")).stream()
                .map(id -> transcript.tree().message(id).orElseThrow())
                .toList());
    }

    @Test
    void whatHadComeIsKeptWithItsCauseAndAnotherReplyFollowsBesideIt() {
        bench.say("Hello");
        breakOff("Nice to ");
        assertTrue(bench.live.running());
        assertEquals(1, model.calls().size(), "it is left alone for a while");

        bench.advance(TurnRunner.FIRST_WAIT);
        assertEquals(List.of("Hello"), model.call().asked());
        model.call().say("Hello to you").complete();
        bench.settle();

        assertEquals(List.of("m1 Hello", "m3 Hello to you"), bench.path());
        assertEquals("Nice to ", answers().get(0).text());
        assertEquals(Stop.FAILED, answers().get(0).stop());
        assertEquals(Optional.of(BROKE), answers().get(0).cause());
        assertEquals(
                List.of(
                        "saved m1",
                        "begun m2 to m1",
                        "grown m2 0@0 Nice to ",
                        "done m2 failed",
                        "begun m3 to m1",
                        "grown m3 0@0 Hello to you",
                        "done m3 complete"),
                reader.told());
        assertFalse(bench.live.running());
    }

    @Test
    void eachWaitIsTwiceTheOneBeforeAndTheLastTryIsTheEnd() {
        bench.say("Hello");
        breakOff("One");
        bench.advance(TurnRunner.FIRST_WAIT);
        breakOff("Two");
        bench.advance(TurnRunner.FIRST_WAIT.multipliedBy(2).minusNanos(1));
        assertEquals(2, model.calls().size());
        bench.advance(Duration.ofNanos(1));
        assertEquals(TurnRecovery.MOST_TRIES, model.calls().size());
        breakOff("Three");

        assertFalse(bench.live.running());
        assertEquals(
                List.of("One", "Two", "Three"),
                answers().stream().map(Message::text).toList());
        assertEquals(Optional.of(BROKE), bench.head().cause());
        bench.advance(Duration.ofHours(1));
        assertEquals(TurnRecovery.MOST_TRIES, model.calls().size());
    }

    @Test
    void theNextTurnHasAllItsTries() {
        bench.say("Hello");
        breakOff("One");
        bench.advance(TurnRunner.FIRST_WAIT);
        breakOff("Two");
        bench.say("And then?");
        bench.advance(TurnRunner.FIRST_WAIT.multipliedBy(2));
        model.call().say("Three").complete();
        bench.settle();
        assertEquals(List.of("Hello", "Three", "And then?"), model.call().asked());
        breakOff("Four");
        bench.advance(TurnRunner.FIRST_WAIT);
        assertEquals(5, model.calls().size());
    }

    @Test
    void aProviderThatSaysHowLongIsLeftAloneForSoLong() {
        bench.say("Hello");
        model.call().say("Well").fail(failure(ModelFailure.Kind.OVERLOADED, Duration.ofSeconds(20)));
        bench.settle();
        bench.advance(Duration.ofSeconds(19));
        assertEquals(1, model.calls().size());
        bench.advance(Duration.ofSeconds(1));
        assertEquals(2, model.calls().size());
    }

    @Test
    void aProviderThatAsksForMoreThanAPersonWaitsForIsTheEnd() {
        bench.say("Hello");
        model.call().say("Well").fail(failure(ModelFailure.Kind.OVERLOADED, RetryingModel.LONGEST_WAIT.plusMillis(1)));
        bench.settle();
        assertEquals(Stop.FAILED, bench.head().stop());
        assertFalse(bench.live.running());
    }

    @Test
    void whatWouldFailAgainIsNotTriedAgain() {
        bench.say("Hello");
        model.call().say("Well").fail(failure(ModelFailure.Kind.MALFORMED, null));
        bench.settle();
        assertEquals(Stop.FAILED, bench.head().stop());
        assertFalse(bench.live.running());
    }

    @Test
    void whoseFirstWordNeverCameIsNotAskedAgainHere() {
        bench.say("Hello");
        model.call().fail(BROKE);
        bench.settle();
        assertEquals(Stop.FAILED, bench.head().stop());
        assertFalse(bench.live.running());
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void whereNothingGoesOnByItselfTheFailureIsTheEnd(TurnRecovery recovery) {
        TurnBench other = new TurnBench(recovery);
        other.say("Hello");
        other.model.call().say("Well").fail(BROKE);
        other.settle();
        assertEquals(Stop.FAILED, other.head().stop());
        assertFalse(other.live.running());
    }

    @Test
    void stopEndsTheWait() {
        bench.say("Hello");
        breakOff("Nice to ");
        bench.say("And then?");
        bench.turns.stop(bench.live);
        bench.settle();
        assertEquals(Stop.STOPPED, answers().get(1).stop());
        assertEquals("And then?", model.call().asked().get(model.call().asked().size() - 1));
        model.call().say("Then that").complete();
        bench.advance(Duration.ofHours(1));
        assertEquals(2, model.calls().size());
        assertFalse(bench.live.running());
    }

    @Test
    void aServerThatEndsMeanwhileGoesOnAfterTheNextStart() {
        bench.say("Hello");
        breakOff("Nice to ");
        bench.turns.suspend(bench.live);
        bench.settle();
        bench.advance(Duration.ofHours(1));
        assertEquals(1, model.calls().size());
        assertFalse(bench.live.running());

        TurnBench next = bench.restartedOn(bench.memory, TurnRecovery.AUTO);
        next.model.call().say("Hello to you").complete();
        next.settle();
        assertEquals("Hello to you", next.head().text());
    }

    @Test
    void aServerThatEndsBeforeTheNextReplyIsBegunLeavesTheFailureAsItIs() {
        bench.say("Hello");
        bench.writeByHand();
        model.call().say("Nice to ").fail(BROKE);
        bench.turns.suspend(bench.live);
        bench.settle();
        assertFalse(bench.live.running());
        assertEquals(List.of("user", "reply", "trace", "assistant"), bench.lines());
        assertEquals(Optional.of(BROKE), bench.head().cause());
    }

    @Test
    void aCrashIsATryLikeOthers() {
        bench.say("Hello");
        breakOff("One");
        bench.advance(TurnRunner.FIRST_WAIT);
        model.call().say("Two");
        bench.advance(TurnRunner.FIRST_WAIT);

        TurnBench next = bench.restartedOn(bench.memory.killed(), TurnRecovery.AUTO);
        next.model.call().say("Three").fail(BROKE);
        next.settle();

        assertFalse(next.live.running());
        assertEquals("Three", next.head().text());
        next.advance(Duration.ofHours(1));
        assertEquals(1, next.model.calls().size());
    }
}
