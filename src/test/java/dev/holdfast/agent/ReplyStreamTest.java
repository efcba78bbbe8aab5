package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import dev.holdfast.journal.MemoryDisk;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A reply on its way to the disk, and what is left of it when the process ends in the middle. */
class ReplyStreamTest {
    private final TurnBench bench = new TurnBench();
    private final ScriptedModel model = bench.model;

    @Test
    void textIsJournaledAtMostASecondAfterItCame() {
        assertTrue(ReplyStream.GATHER.compareTo(Duration.ofSeconds(1)) <= 0);
        bench.say("Hello");
        model.call().say("Nice ", "to ");
        bench.advance(ReplyStream.GATHER.minusMillis(1));
        assertEquals(List.of("user", "reply"), bench.lines());
        model.call().say("meet ");
        bench.advance(Duration.ofMillis(1));
        assertEquals(List.of("user", "reply", "delta Nice to meet "), bench.lines());
        bench.advance(Duration.ofHours(1));
        assertEquals(3, bench.lines().size(), "silence writes nothing");
        model.call().say("you");
        bench.advance(ReplyStream.GATHER);
        assertEquals("delta you", bench.lines().get(3));
    }

    @Test
    void theEndOfAReplyJournalsNoDeltaMore() {
        bench.say("Hello");
        model.call().say("Nice").complete();
        bench.advance(Duration.ofMinutes(1));
        assertEquals(List.of("user", "reply", "trace", "assistant"), bench.lines());
        assertEquals(List.of(), bench.timer.waiting());
    }

    @Test
    void eachBlockHasDeltasOfItsOwn() {
        bench.say("Hello");
        model.call().say(0, Block.Kind.THINKING, "Hm").say(1, Block.Kind.TEXT, "Yes");
        bench.advance(ReplyStream.GATHER);
        model.call().say(1, Block.Kind.TEXT, ", I do");
        bench.advance(ReplyStream.GATHER);
        assertEquals(List.of("user", "reply", "delta Hm", "delta Yes", "delta , I do"), bench.lines());
        TurnBench again = bench.restartedOn(bench.memory);
        assertEquals(
                List.of(new Block.Thinking("Hm", ""), new Block.Text("Yes, I do")),
                again.head().content());
    }

    @Test
    void aProcessThatDiesCostsOnlyWhatWasNotJournaled() {
        bench.say("Hello");
        model.call().say("Nice to ");
        bench.advance(ReplyStream.GATHER);
        model.call().say("meet you");
        TurnBench again = bench.restartedOn(bench.memory.crash(1));
        assertEquals("Nice to ", again.head().text());
        assertEquals(Stop.INTERRUPTED, again.head().stop());
        assertFalse(again.live.running());
        again.say("Go on");
        assertEquals(List.of("Hello", "Nice to ", "Go on"), again.model.call().asked());
    }

    @Test
    void aProcessThatIsShutDownJournalsAllThatHasCome() {
        bench.say("Hello");
        model.call().say("Nice to ");
        bench.advance(ReplyStream.GATHER);
        model.call().say("meet you");
        bench.turns.suspend(bench.live);
        assertEquals(1, model.call().cancels());
        model.call().say(", too late").complete();
        bench.settle();
        TurnBench again = bench.restartedOn(bench.memory);
        assertEquals("Nice to meet you", again.head().text());
        assertEquals(Stop.INTERRUPTED, again.head().stop());
    }

    @Test
    void shuttingDownWithNothingRunningChangesNothing() {
        bench.say("Hello");
        model.call().say("Hi").complete();
        bench.settle();
        bench.turns.suspend(bench.live);
        bench.settle();
        assertEquals(List.of("user", "reply", "trace", "assistant"), bench.lines());
    }

    @Test
    void textWhoseJournalingFailedIsJournaledAgain() {
        bench.say("Hello");
        model.call().say("Nice to ");
        bench.disk.failOnceAt(1, "write");
        bench.advance(ReplyStream.GATHER);
        assertEquals(List.of("user", "reply"), bench.lines());
        model.call().say("meet you");
        bench.advance(ReplyStream.GATHER);
        TurnBench again = bench.restartedOn(bench.memory.crash(1));
        assertEquals("Nice to meet you", again.head().text());
    }

    @Test
    void anUnansweredMessageIsAnsweredAfterARestart() {
        bench.writeByHand();
        bench.saying("Hello", null);
        bench.write();
        TurnBench again = bench.restartedOn(bench.memory.crash(1), TurnRecovery.AUTO);
        assertEquals(List.of("Hello"), again.model.call().asked());
        again.model.call().say("Hi").complete();
        again.settle();
        assertEquals(List.of("m1 Hello", "m2 Hi"), again.path());
    }

    @Test
    void whatWaitedIsBegunAfterARestart() {
        bench.say("One");
        model.call().say("Answer");
        bench.say("Two");
        bench.say("Three");
        bench.advance(ReplyStream.GATHER);
        TurnBench again = bench.restartedOn(bench.memory.crash(1));
        assertEquals(List.of("One", "Answer", "Two"), again.model.call().asked());
        again.model.call().complete();
        again.settle();
        assertEquals(
                "Three",
                again.model.call().asked().get(again.model.call().asked().size() - 1));
        assertEquals(List.of(), again.queued());
    }

    @Test
    void takingUpTwiceAsksOnce() {
        bench.writeByHand();
        bench.saying("Hello", null);
        bench.write();
        TurnBench again = bench.restartedOn(bench.memory.crash(1), TurnRecovery.AUTO);
        again.turns.takeUp(again.live);
        again.settle();
        assertEquals(1, again.model.calls().size());
    }

    @Test
    void aDiskThatFailsAtTheEndOfAReplyEndsTheTurnAndSendsReadersAway() {
        NotedEvents reader = bench.watch(null);
        bench.say("Hello");
        model.call().say("Nice to ");
        bench.advance(ReplyStream.GATHER);
        model.call().say("meet you");
        bench.disk.failOnceAt(2, "write");
        model.call().complete();
        bench.settle();
        assertFalse(bench.live.running());
        assertTrue(reader.ended());
        assertTrue(bench.live.broken());
        TurnBench again = bench.restartedOn(bench.memory);
        assertEquals("Nice to ", again.head().text());
        assertEquals(Stop.INTERRUPTED, again.head().stop());
        again.say("Still there?");
        assertEquals(
                List.of("Hello", "Nice to ", "Still there?"), again.model.call().asked());
    }

    /** Power cuts before every change during two turns: nothing acknowledged is lost, and the conversation goes on. */
    @Test
    void aConversationGoesOnAfterAPowerCutAtAnyPoint() {
        Random random = new Random(13);
        int[] states = {0};
        StringBuilder told = new StringBuilder();
        bench.memory.beforeEachChange(() -> {
            for (int i = 0; i < 6; i++) {
                states[0]++;
                goesOn(bench.memory.crash(random.nextLong()), told.toString());
            }
        });
        bench.say("One");
        for (String piece : List.of("Nice ", "to ", "meet ", "you")) {
            model.call().say(piece);
            told.append(piece);
            bench.advance(ReplyStream.GATHER);
        }
        bench.say("Two");
        model.call().complete();
        bench.settle();
        model.call().say("Answer").complete();
        bench.settle();
        assertTrue(states[0] > 100, () -> "only " + states[0]);
    }

    private void goesOn(MemoryDisk crashed, String told) {
        TurnBench again = bench.restartedOn(crashed);
        for (int turn = 0; turn < 3 && again.live.running(); turn++) {
            again.model.call().say("After the cut").complete();
            again.settle();
        }
        again.say("Still there?");
        List<String> asked = again.model.call().asked();
        assertEquals("Still there?", asked.get(asked.size() - 1));
        for (Message message : again.live.locked(transcript -> transcript.tree().path())) {
            if (message.stop() == Stop.INTERRUPTED) {
                assertTrue(told.startsWith(message.text()), message.text());
            }
        }
    }
}
