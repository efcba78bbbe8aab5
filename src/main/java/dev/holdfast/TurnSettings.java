package dev.holdfast;

import dev.holdfast.agent.Budget;
import dev.holdfast.agent.Questions;
import dev.holdfast.agent.Summariser;
import dev.holdfast.agent.Traces;
import dev.holdfast.agent.TurnRecovery;
import dev.holdfast.agent.TurnRunner;
import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.conversation.Message;
import dev.holdfast.model.BuiltInModel;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.Models;
import dev.holdfast.window.EstimatingCounter;
import dev.holdfast.window.WindowRules;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What the settings say of turns: who answers, what is sent, who sums up, and what goes on after a crash. */
final class TurnSettings {
    private final Settings settings;
    private final Map<String, String> environment;
    private final Threads threads;
    private final Clock clock;
    private final RandomGenerator random;

    TurnSettings(
            Settings settings, Map<String, String> environment, Threads threads, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.environment = environment;
        this.threads = threads;
        this.clock = clock;
        this.random = random;
    }

    /** What answers, and what tells how that came about. */
    record Turns(TurnRunner runner, Traces traces) {}

    /**
     * @param given answers in the place of the model that the settings name
     * @throws SettingsException if the settings contradict each other
     */
    Turns turns(Optional<ChatModel> given, Budget budget) {
        Optional<Models> models = given.isPresent()
                ? Optional.empty()
                : Optional.of(new Models(settings, environment, threads.work(), threads.timer(), random));
        BuiltInModel builtIn = new BuiltInModel(threads.timer());
        ChatModel model = given.orElseGet(() -> models.orElseThrow().choose(builtIn));
        ChatModel summing = models.flatMap(found -> settings.text(Option.SUMMARY_MODEL)
                        .map(name -> found.named(name).choose(builtIn)))
                .orElse(model);
        TurnRunner runner = new TurnRunner(
                model,
                new Questions(
                        rules(settings),
                        settings.text(Option.MODEL_SYSTEM),
                        settings.integer(Option.MODEL_MAX_OUTPUT),
                        clock),
                new Summariser(summing, threads.work(), clock),
                budget,
                threads.work(),
                threads.timer(),
                clock,
                recovery());
        return new Turns(runner, new Traces(model, settings.text(Option.MODEL_SYSTEM)));
    }

    /** @throws SettingsException with a sentence, if nothing could be sent by them */
    static WindowRules rules(Settings settings) {
        try {
            WindowRules rules = new WindowRules(
                    settings.integer(Option.WINDOW_HIGH),
                    settings.integer(Option.WINDOW_LOW),
                    settings.integer(Option.WINDOW_KEEP_FIRST),
                    settings.integer(Option.WINDOW_MESSAGES));
            int context = settings.integer(Option.MODEL_CONTEXT);
            return context == 0 ? rules : rules.within(context, reserved(settings));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("What is sent to the model: " + e.getMessage());
        }
    }

    /** Tokens of the context that the history cannot have: the reply's and the instructions'. */
    private static int reserved(Settings settings) {
        return settings.integer(Option.MODEL_MAX_OUTPUT)
                + settings.text(Option.MODEL_SYSTEM).map(TurnSettings::tokens).orElse(0);
    }

    private static int tokens(String instructions) {
        return new EstimatingCounter()
                .count(Message.user("", Optional.empty(), instructions, Instant.EPOCH, Optional.empty()));
    }

    private TurnRecovery recovery() {
        String given = settings.required(Option.TURN_RECOVER);
        try {
            return TurnRecovery.valueOf(given.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("turn.recover is auto, ask or never, not “" + given + "”.");
        }
    }
}
