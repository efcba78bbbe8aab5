package dev.holdfast.model;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Asks again where that may help: up to two more times, after a {@linkplain ModelFailure.Kind#passing() passing}
 * failure, and only while nothing of the reply was heard. Before the second and third attempt it waits half a second
 * and one second, or as long as the provider asks, and up to a quarter more by chance. A provider that asks for more
 * than {@link #LONGEST_WAIT} is reported at once: people should know rather than wait. Thread-safe.
 */
public final class RetryingModel implements ChatModel {
    /** The longest wait that a provider may ask for. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final double JITTER = 0.25;

    private final ChatModel model;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;

    /** @param random spreads the attempts of many callers; must be thread-safe */
    public RetryingModel(ChatModel model, ScheduledExecutorService timer, RandomGenerator random) {
        this.model = Objects.requireNonNull(model, "model");
        this.timer = Objects.requireNonNull(timer, "timer");
        this.random = Objects.requireNonNull(random, "random");
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String rendered(ModelRequest request) {
        return model.rendered(request);
    }

    @Override
    public ModelCall ask(ModelRequest request, ModelListener listener) {
        Attempts attempts = new Attempts(request, listener);
        attempts.next(1);
        return attempts;
    }

    private Duration waitBefore(int attempt, ModelFailure failure) {
        Duration wait = failure.retryAfter().orElse(FIRST_WAIT.multipliedBy(1L << (attempt - 2)));
        return wait.plusNanos((long) (wait.toNanos() * JITTER * random.nextDouble()));
    }

    /** The attempts of one call, as one call. No lock is held while foreign code runs. */
    private final class Attempts implements ModelCall {
        private final ModelRequest request;
        private final ModelListener listener;
        private volatile boolean cancelled;
        private int attempt;
        private ModelCall running;
        private Future<?> waiting;

        Attempts(ModelRequest request, ModelListener listener) {
            this.request = request;
            this.listener = listener;
        }

        void next(int number) {
            synchronized (this) {
                attempt = number;
                running = null;
            }
            if (cancelled) {
                return;
            }
            ModelCall call = model.ask(request, new Attempt(number));
            synchronized (this) {
                // This attempt may have failed already, and the next one be running.
                if (attempt == number) {
                    running = call;
                }
            }
            if (cancelled) {
                call.cancel();
            }
        }

        private void waitFor(int number, Duration wait) {
            synchronized (this) {
                if (!cancelled) {
                    waiting = timer.schedule(() -> next(number), wait.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        }

        @Override
        public void cancel() {
            ModelCall call;
            synchronized (this) {
                cancelled = true;
                call = running;
                if (waiting != null) {
                    waiting.cancel(false);
                }
            }
            if (call != null) {
                call.cancel();
            }
        }

        /** Hands on what one attempt says, but keeps a failure to itself if there is another attempt. */
        private final class Attempt implements ModelListener {
            private final int number;
            private boolean spoke;

            Attempt(int number) {
                this.number = number;
            }

            @Override
            public void piece(int block, Block.Kind kind, String piece) {
                spoke = true;
                if (!cancelled) {
                    listener.piece(block, kind, piece);
                }
            }

            @Override
            public void signature(int block, String signature) {
                if (!cancelled) {
                    listener.signature(block, signature);
                }
            }

            @Override
            public void completed(Stop stop, Usage usage) {
                if (!cancelled) {
                    listener.completed(stop, usage);
                }
            }

            @Override
            public void failed(ModelFailure failure) {
                boolean again = !spoke
                        && number < ATTEMPTS
                        && failure.kind().passing()
                        && failure.retryAfter().orElse(Duration.ZERO).compareTo(LONGEST_WAIT) <= 0;
                if (again) {
                    waitFor(number + 1, waitBefore(number + 1, failure));
                } else if (!cancelled) {
                    listener.failed(failure);
                }
            }
        }
    }
}
