package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Said;
import dev.holdfast.conversation.SendKeyConflict;
import dev.holdfast.conversation.Stop;
import dev.holdfast.journal.JournalException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Turns: what happens in which order, and how they end. */
class TurnRunnerTest {
    private final TurnBench bench = new TurnBench();
    private final ScriptedModel model = bench.model;
    private final NotedEvents reader = bench.watch(null);

    @Test
    void theModelIsAskedOnlyWhenTheMessageIsForced() {
        bench.writeByHand();
        CompletableFuture<Said> said = bench.saying("Hello", null);
        bench.work.runAll();
        assertFalse(said.isDone());
        assertEquals(List.of(), reader.told());
        assertEquals(List.of(), model.calls());
        bench.write();
        assertEquals(new Said("m1", "m1", false), said.join());
        assertEquals(List.of("user"), bench.lines());
        assertEquals(List.of("saved m1"), reader.told());
        assertEquals(List.of(), model.calls());
        bench.work.runAll();
        bench.write();
        assertEquals(List.of("user", "reply"), bench.lines());
        assertEquals(List.of(), model.calls());
        bench.work.runAll();
        assertEquals(1, model.calls().size());
        assertTrue(bench.live.running());
    }

    @Test
    void readersHearThatAReplyIsDoneOnlyWhenItIsForced() {
        bench.writeByHand();
        bench.say("Hello");
        model.call().say("Hi").complete();
        bench.work.runAll();
        assertEquals(List.of("saved m1", "begun m2 to m1", "grown m2 0@0 Hi"), reader.told());
        bench.write();
        assertEquals("done m2 complete", reader.told().get(3));
        assertFalse(bench.live.running(), "over when readers hear of it: what they say next begins a turn");
        assertEquals(List.of("user", "reply", "trace", "assistant"), bench.lines());
    }

    @Test
    void aDiskThatFailsMeansThatNothingWasSaidAndNoModelIsAsked() {
        bench.disk.failOnceAt(1, "write");
        CompletionException failure = assertThrows(CompletionException.class, () -> bench.say("Hello"));
        assertInstanceOf(JournalException.class, failure.getCause());
        bench.settle();
        assertEquals(List.of(), model.calls());
        assertEquals(List.of(), bench.path());
        assertFalse(bench.live.running());
        bench.say("Hello again");
        assertEquals(List.of("Hello again"), model.call().asked());
    }

    @Test
    void aDiskThatFailsBeforeTheReplyMeansThatNoModelIsAsked() {
        bench.writeByHand();
        bench.saying("Hello", null);
        bench.write();
        bench.disk.failEvery("write");
        bench.settle();
        assertEquals(List.of(), model.calls());
        assertFalse(bench.live.running());
        assertEquals(List.of("m1 Hello"), bench.path());
    }

    @Test
    void theModelIsHandedTheInstructionsThePathAndTheLimit() {
        bench.say("Hello");
        model.call().say("Hi").complete();
        bench.settle();
        bench.say("And?");
        assertEquals(List.of("Hello", "Hi", "And?"), model.call().asked());
        assertEquals(Optional.of("Be kind."), model.call().request().system());
        assertEquals(77, model.call().request().maxOutput());
    }

    @Test
    void theReplyIsExactlyWhatWasTold() {
        bench.say("Hello");
        model.call()
                .say(0, Block.Kind.THINKING, "Hm", "…")
                .sign(0, "sealed")
                .say(1, Block.Kind.TEXT, "Nice ", "to ", "meet you")
                .complete();
        bench.settle();
        Message reply = bench.head();
        assertEquals(List.of(new Block.Thinking("Hm…", "sealed"), new Block.Text("Nice to meet you")), reply.content());
        assertEquals(ScriptedModel.USAGE, reply.usage());
        assertEquals(Stop.COMPLETE, reply.stop());
        assertEquals(Optional.of(ScriptedModel.NAME), reply.model());
        assertEquals(
                List.of(
                        "saved m1",
                        "begun m2 to m1",
                        "grown m2 0@0 Hm",
                        "grown m2 0@2 …",
                        "grown m2 1@0 Nice ",
                        "grown m2 1@5 to ",
                        "grown m2 1@8 meet you",
                        "done m2 complete"),
                reader.told());
    }

    @Test
    void aReplyThatReachedItsLimitSaysSo() {
        bench.say("Hello");
        model.call().say("Once upon").reachLimit();
        bench.settle();
        assertEquals(Stop.LENGTH, bench.head().stop());
    }

    @Test
    void aSurrogatePairThatArrivesInHalvesIsToldWhole() {
        bench.say("Hello");
        model.call().say("a\ud83d", "\ude00b", "\ud83d").say("\ude00").complete();
        bench.settle();
        assertEquals(
                List.of("grown m2 0@0 a", "grown m2 0@1 😀b", "grown m2 0@4 😀"),
                reader.told().subList(2, 5));
        assertEquals("a😀b😀", bench.head().text());
    }

    @Test
    void halfAPairAtTheEndOfABlockIsDropped() {
        bench.say("Hello");
        model.call().say("a\ud83d").say(1, Block.Kind.TEXT, "b\ud83d").complete();
        bench.settle();
        assertEquals(
                List.of(new Block.Text("a"), new Block.Text("b")), bench.head().content());
    }

    @Test
    void aFailureBeforeTheFirstWordEndsTheTurnWithItsCause() {
        bench.say("Hello");
        model.call().fail("The model is not reachable.");
        bench.settle();
        assertEquals(Stop.FAILED, bench.head().stop());
        assertEquals(Optional.of("The model is not reachable."), bench.head().cause());
        assertEquals(List.of(), bench.head().content());
        assertFalse(bench.live.running());
        bench.say("Again");
        assertEquals(List.of("Hello", "Again"), model.call().asked());
    }

    @Test
    void aFailureInMidReplyKeepsWhatHadCome() {
        bench.say("Hello");
        model.call().say("Nice to ").fail("The connection broke.");
        bench.settle();
        assertEquals("Nice to ", bench.head().text());
        assertEquals(Stop.FAILED, bench.head().stop());
        assertEquals(Optional.of("The connection broke."), bench.head().cause());
        TurnBench again = bench.restartedOn(bench.memory);
        assertEquals(bench.head(), again.head());
    }

    @Test
    void whatComesAfterTheEndIsNotHeard() {
        bench.say("Hello");
        model.call().say("Hi").complete();
        model.call().say(" more").fail("Too late.");
        bench.settle();
        assertEquals("Hi", bench.head().text());
        assertEquals(4, reader.told().size());
        assertEquals(List.of("user", "reply", "trace", "assistant"), bench.lines());
    }

    @Test
    void aModelThatThrowsEndsTheTurnWithAPlainSentence() {
        model.onAsk(call -> {
            throw new IllegalStateException("secret sk-123");
        });
        bench.say("Hello");
        assertEquals(Stop.FAILED, bench.head().stop());
        assertEquals(
                Optional.of("The model could not be asked: the program has a fault, and its log says where."),
                bench.head().cause());
        model.onAsk(call -> call.say("Back").complete());
        bench.say("Again");
        assertEquals("Back", bench.head().text());
    }

    @Test
    void aModelThatAnswersAtOnceIsNoTrouble() {
        model.onAsk(call ->
                call.say("Echo of " + call.asked().get(call.asked().size() - 1)).complete());
        for (int i = 1; i <= 5; i++) {
            bench.say("word " + i);
            assertEquals("Echo of word " + i, bench.head().text());
        }
        assertEquals(10, bench.path().size());
    }

    @Test
    void aMessageThatIsTooLongIsRefusedBeforeAnyModelIsAsked() {
        bench.say("x".repeat(10_000));
        assertEquals(List.of(), model.calls());
        assertEquals(Stop.FAILED, bench.head().stop());
        assertTrue(
                bench.head().cause().orElseThrow().startsWith("This message has about 7,5"),
                bench.head().cause().orElseThrow());
        assertFalse(bench.live.running());
    }

    @Test
    void aRetryWithTheSameSendKeyIsTheSameMessageBeforeItIsSavedAndAfter() {
        bench.writeByHand();
        CompletableFuture<Said> first = bench.saying("Hello", "k1");
        CompletableFuture<Said> second = bench.saying("Hello", "k1");
        assertSame(first, second);
        bench.settle();
        assertEquals(first.join(), bench.say("Hello", "k1"));
        assertEquals(List.of("m1 Hello"), bench.path());
        assertEquals(1, model.calls().size());
        TurnBench again = bench.restartedOn(bench.memory);
        assertEquals("m1", again.say("Hello", "k1").message());
        assertEquals(0, again.model.calls().size(), "its reply was interrupted, not asked for again");
    }

    @Test
    void aRetryOfAQueuedMessageIsTheSameMessage() {
        bench.say("Hello");
        Said waiting = bench.say("And?", "k2");
        assertTrue(waiting.queued());
        assertEquals(waiting, bench.say("And?", "k2"));
        assertEquals(List.of("And?"), bench.queued());
        model.call().complete();
        bench.settle();
        assertEquals(new Said(waiting.message(), waiting.turn(), false), bench.say("And?", "k2"));
        assertEquals(2, model.calls().size());
    }

    @Test
    void aSendKeyForOtherWordsIsRefused() {
        bench.writeByHand();
        bench.saying("Hello", "k1");
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Said> refused = bench.saying("Something else", "k1");
            CompletionException failure = assertThrows(CompletionException.class, refused::join);
            assertInstanceOf(SendKeyConflict.class, failure.getCause());
            bench.settle();
        }
        assertEquals(List.of("m1 Hello"), bench.path());
    }

    @Test
    void aSendKeyWhoseMessageWasNotSavedIsFreeAgain() {
        bench.disk.failOnceAt(1, "write");
        assertThrows(CompletionException.class, () -> bench.say("Hello", "k1"));
        bench.settle();
        bench.say("Other words", "k1");
        assertEquals(List.of("Other words"), model.call().asked());
    }
}
