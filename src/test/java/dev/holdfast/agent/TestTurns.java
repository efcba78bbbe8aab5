package dev.holdfast.agent;

import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.model.BuiltInModel;
import dev.holdfast.model.ChatModel;
import dev.holdfast.store.Spending;
import dev.holdfast.store.Storage;
import dev.holdfast.window.Prices;
import dev.holdfast.window.WindowRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Runs turns with a small window, without limits; what is left out is summed up by its own sentences. */
public final class TestTurns {
    public static final WindowRules RULES = WindowRules.of(2000, 1000);

    /** What {@link ScriptedModel} costs; no other has a price. */
    public static final Prices PRICES = Prices.parse("""
            date = 2026-11-01
            currency = USD
            scripted = input 3, output 15, cache-read 0.30, cache-write 3.75
            """);

    private TestTurns() {}

    /** Renders what {@code model} was sent in these turns. */
    public static Traces traces(ChatModel model) {
        return new Traces(model, Optional.empty());
    }

    public static TurnRunner of(
            ChatModel model, Executor work, ScheduledExecutorService timer, Clock clock, TurnRecovery recovery) {
        return of(model, new BuiltInModel(timer), work, timer, clock, recovery);
    }

    /** With a window of another size. */
    public static TurnRunner of(
            ChatModel model,
            ChatModel summing,
            WindowRules rules,
            Executor work,
            ScheduledExecutorService timer,
            Clock clock) {
        return of(model, summing, rules, work, timer, clock, TurnRecovery.AUTO);
    }

    /** @param summing sums up what is left out */
    public static TurnRunner of(
            ChatModel model,
            ChatModel summing,
            Executor work,
            ScheduledExecutorService timer,
            Clock clock,
            TurnRecovery recovery) {
        return of(model, summing, RULES, work, timer, clock, recovery);
    }

    private static TurnRunner of(
            ChatModel model,
            ChatModel summing,
            WindowRules rules,
            Executor work,
            ScheduledExecutorService timer,
            Clock clock,
            TurnRecovery recovery) {
        return new TurnRunner(
                model,
                new Questions(rules, Optional.empty(), 100, clock),
                new Summariser(summing, work, clock),
                budget(Budget.Caps.NONE, spending(clock)),
                work,
                timer,
                clock,
                recovery);
    }

    /** What is spent is kept in memory. */
    static Spending spending(Clock clock) {
        try {
            return Spending.open(
                    new MemoryDisk(), Path.of("/spent").toAbsolutePath(), Storage.PLAIN, Runnable::run, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Caps in tokens. */
    static Budget budget(Budget.Caps caps, Spending spending) {
        return new Budget(
                () -> {
                    throw new IllegalStateException("no cap is in money");
                },
                caps,
                spending);
    }
}
