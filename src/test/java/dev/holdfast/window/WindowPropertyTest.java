package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Message;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** For any conversation, marks, pins and summaries. */
@Tag("slow")
class WindowPropertyTest {
    private static final int SEEDS = 1_500;

    @Test
    void everyViewIsLegalWithinBudgetAndChangesAtCutsOnly() {
        AtomicInteger cuts = new AtomicInteger();
        AtomicInteger views = new AtomicInteger();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                WindowTrial trial = new WindowTrial(new Random(seed));
                trial.run();
                cuts.addAndGet(trial.cuts);
                views.addAndGet(trial.views);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(cuts.get() > SEEDS && views.get() > 10 * SEEDS, "too little happened: " + cuts + ", " + views);
    }

    /** Nothing of a legal conversation is lost before the first cut. */
    @Test
    void whatIsLegalIsSentAsItIs() throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            ChancePath path = new ChancePath(new Random(seed));
            for (int length = 1; length <= path.all().size(); length++) {
                var part = path.all().subList(0, length);
                boolean full = part.stream()
                        .map(Message::content)
                        .allMatch(content -> content.stream().anyMatch(SentBlocks::counts));
                if (path.asks(length)
                        && full
                        && Providers.refusal(part).isEmpty()
                        && SentBlocks.beginsTurn(part.get(0))) {
                    View view = new MessageWindow(WindowRules.of(Integer.MAX_VALUE, 1))
                            .choose(History.of(part, java.util.Optional.empty()), Paths.WEIGHT);
                    assertEquals(part, view.messages(), "seed " + seed);
                }
            }
        }
    }
}
