package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.window.Cap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cap stops a call before it is made. */
class CappedTurnTest {

    private static TurnBench bench(Optional<Cap> conversation, Optional<Cap> owner) {
        return new TurnBench(new Budget.Caps(conversation, owner, Optional.empty()));
    }

    private static Optional<Cap> cap(String amount) {
        return Optional.of(Cap.parse(amount));
    }

    @Test
    void aConversationThatHasUsedItsTokensIsRefusedInWordsAndNothingIsAsked() {
        TurnBench bench = bench(cap("150 tokens"), Optional.empty());
        bench.model.onAsk(call -> call.say("Hi").complete());
        bench.say("Hello");
        assertEquals(Stop.COMPLETE, bench.head().stop());
        for (int i = 0; i < 3 && bench.head().stop() == Stop.COMPLETE; i++) {
            bench.say("And now?");
        }
        int calls = bench.model.calls().size();
        assertEquals(Stop.FAILED, bench.head().stop());
        assertTrue(
                bench.head().cause().orElseThrow().contains("budget.conversation"),
                bench.head().toString());
        assertEquals(Usage.NONE, bench.head().usage());
        bench.say("Please?");
        assertEquals(calls, bench.model.calls().size());
        assertTrue(bench.path().contains("m" + (2 * calls + 1) + " And now?"), "what was written is saved");
    }

    @Test
    void whatAStoppedReplyTookCountsByEstimate() {
        TurnBench bench = bench(Optional.empty(), Optional.empty());
        bench.say("Hello");
        bench.model.call().say("Once upon a time there was");
        bench.turns.stop(bench.live);
        bench.settle();
        Usage used = bench.head().usage();
        assertTrue(used.input() > 0 && used.output() > 0, used.toString());
        assertEquals(
                used,
                bench.live.locked(transcript -> transcript.spent().byModel().get(ScriptedModel.NAME)));
    }

    @Test
    void whatAReplyReportedCountsAgainstTheOwnersDay() {
        TurnBench bench = bench(Optional.empty(), cap("100000 tokens"));
        bench.model.onAsk(call -> call.say("Hi").complete());
        bench.say("Hello");
        bench.say("And now?");
        long each = ScriptedModel.USAGE.sent() + ScriptedModel.USAGE.output();
        assertEquals(
                2 * each,
                bench.spending.ofOwnerToday(bench.live.stored().owner()).tokens());
    }

    @Test
    void aReplyThatWasNeverBegunTookNothing() {
        TurnBench bench = bench(Optional.empty(), cap("100000 tokens"));
        bench.model.onAsk(call -> call.fail("It is down."));
        bench.say("Hello");
        assertEquals(
                List.of(),
                List.copyOf(bench.live.locked(
                        transcript -> transcript.spent().byModel().keySet())));
        assertEquals(0, bench.spending.ofOwnerToday(bench.live.stored().owner()).tokens());
    }
}
