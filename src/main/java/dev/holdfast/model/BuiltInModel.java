package dev.holdfast.model;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

/**
 * An offline stand-in for a language model: no key, no network, no intelligence, and it says so. {@link
 * BuiltInAnswers} computes what it says from nothing but the messages that it is handed; this class and {@link
 * BuiltInCall} make it arrive word by word, as a real model's reply does, so that the whole product can be used and
 * tested on a bare machine.
 *
 * <p>The same request brings the same reply. {@link dev.holdfast.conversation.Usage} is an estimate, see {@link
 * BuiltInTokens}. {@link ModelRequest#maxOutput} is honoured by that estimate.
 */
public final class BuiltInModel implements ChatModel {
    private static final Duration WORD = Duration.ofMillis(33);
    private static final Duration SLOW_WORD = Duration.ofMillis(400);

    private final ScheduledExecutorService scheduler;
    private final Duration word;
    private final Duration slowWord;
    private final BuiltInAnswers answers = new BuiltInAnswers();

    /** Speaks about 30 words a second, and 2.5 when asked to be slow. */
    public BuiltInModel(ScheduledExecutorService scheduler) {
        this(scheduler, WORD, SLOW_WORD);
    }

    /**
     * @param scheduler computes and delivers replies; shared by all calls, of which each holds at most one short task
     * @param word time before each word of a usual reply
     * @param slowWord time before each word of a reply that was asked to be slow
     */
    public BuiltInModel(ScheduledExecutorService scheduler, Duration word, Duration slowWord) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.word = Objects.requireNonNull(word, "word");
        this.slowWord = Objects.requireNonNull(slowWord, "slowWord");
    }

    @Override
    public String name() {
        return "Built-in (offline stand-in, no AI)";
    }

    @Override
    public boolean offline() {
        return true;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if the scheduler was shut down */
    @Override
    public ModelCall ask(ModelRequest request, ModelListener listener) {
        BuiltInCall call =
                new BuiltInCall(() -> answers.answer(request.messages()), request, listener, scheduler, word, slowWord);
        call.start();
        return call;
    }
}
