package dev.holdfast.model;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One streamed HTTP call to a provider: the connection, the clock that watches it, and the promise that the listener
 * hears exactly one end, and none after a cancel. No thread waits while it runs.
 *
 * <p>What arrives, what the clock says and how the connection ends all pass through one {@link Mailbox}; only {@link
 * #cancel} acts from outside, by setting {@code over}.
 *
 * <p>Silence is counted in ticks, eight to the allowed time, so the call is given up after no less than that time and
 * at most an eighth more. Any byte counts as life, keep-alives like Anthropic's {@code ping} and OpenRouter's
 * comments included: providers send them while a model thinks.
 */
final class StreamingCall implements ModelCall {
    private static final Logger LOG = LoggerFactory.getLogger(StreamingCall.class);
    static final int LONGEST_LINE = 1 << 20;
    private static final int LONGEST_REFUSAL = 1 << 16;
    private static final int TICKS = 8;

    private final WireFormat format;
    private final ModelListener listener;
    private final Duration silence;
    private final Mailbox mailbox = new Mailbox();
    private final Body body;

    /** The listener hears nothing more. Set by whatever ends the call, and by {@link #cancel} from any thread. */
    private volatile boolean over;

    private volatile boolean heard;
    private volatile Future<?> watch;
    private volatile Future<?> exchange;
    private int quietTicks;

    StreamingCall(WireFormat format, ModelListener listener, Duration silence) {
        this.format = format;
        this.listener = listener;
        this.silence = silence;
        this.body = new Body();
    }

    /** Sends the request. Called once. */
    void start(HttpClient client, ScheduledExecutorService timer, HttpRequest request) {
        if (over) {
            return;
        }
        long tick = Math.max(1, silence.toNanos() / TICKS);
        watch = timer.scheduleAtFixedRate(() -> post(this::tick), tick, tick, TimeUnit.NANOSECONDS);
        CompletableFuture<?> sent = client.sendAsync(request, this::answered);
        exchange = sent;
        sent.whenComplete((response, error) -> {
            if (error != null) {
                post(() -> fail(format.failures().unreachable(error)));
            }
        });
        if (over) {
            release();
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            release();
        }
    }

    private BodySubscriber<Void> answered(ResponseInfo answer) {
        heard = true;
        body.status = answer.statusCode();
        body.headers = answer.headers();
        return body;
    }

    private void post(Runnable task) {
        mailbox.post(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                // A listener's fault. Whoever wrote it must see it; the provider must not go on for nobody.
                LOG.error("A model's listener failed; the call is ended.", e);
                cancel();
                release();
            }
        });
    }

    private void tick() {
        if (over) {
            // The reply was whole one tick ago or more, yet the provider keeps the connection open.
            release();
        } else if (heard) {
            heard = false;
            quietTicks = 0;
        } else if (++quietTicks >= TICKS) {
            fail(body.refused() ? body.refusal() : format.failures().silent(silence));
        }
    }

    private void complete(Stop stop, Usage usage) {
        // The connection is not cut: what little follows is read, so that it can be used again.
        if (!over) {
            over = true;
            listener.completed(stop, usage);
        }
    }

    private void fail(ModelFailure failure) {
        if (!over) {
            over = true;
            release();
            listener.failed(failure);
        }
    }

    /** Closes the connection unless it is already done with. */
    private void release() {
        if (watch != null) {
            // Never with an interrupt: the thread to be interrupted may be the one that is here.
            watch.cancel(false);
        }
        if (exchange != null) {
            exchange.cancel(true);
        }
        if (body.subscription != null) {
            body.subscription.cancel();
        }
    }

    /** What the reader found, with the provider's blocks renumbered as {@link ModelListener} wants them. */
    private final class Found implements WireFormat.Reply {
        private int block = -1;
        private int source;
        private Block.Kind kind;

        @Override
        public void piece(int source, Block.Kind kind, String text) {
            if (over || text.isEmpty()) {
                return;
            }
            if (block < 0 || source != this.source || kind != this.kind) {
                block++;
                this.source = source;
                this.kind = kind;
            }
            listener.piece(block, kind, text);
        }

        @Override
        public void signature(int source, String signature) {
            if (!over && block >= 0 && source == this.source && kind == Block.Kind.THINKING && !signature.isEmpty()) {
                listener.signature(block, signature);
            }
        }

        @Override
        public void completed(Stop stop, Usage usage) {
            complete(stop, usage);
        }

        @Override
        public void failed(ModelFailure failure) {
            fail(failure);
        }
    }

    /** The answer's body: lines for the reader, or, with another status than 200, the text of an error. */
    private final class Body implements BodySubscriber<Void> {
        private final WireFormat.LineReader reader = format.reader(new Found());
        private final LineSplitter lines = new LineSplitter(LONGEST_LINE, this::line);
        private final ByteArrayOutputStream error = new ByteArrayOutputStream();
        private volatile Flow.Subscription subscription;
        private volatile int status;
        private volatile HttpHeaders headers;

        /** Already complete: the future that {@code sendAsync} returns then ends with the headers. */
        @Override
        public CompletionStage<Void> getBody() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            if (over) {
                subscription.cancel();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            heard = true;
            post(() -> {
                buffers.forEach(this::read);
                subscription.request(1);
            });
        }

        @Override
        public void onError(Throwable error) {
            post(this::end);
        }

        @Override
        public void onComplete() {
            post(this::end);
        }

        private void read(ByteBuffer bytes) {
            if (over) {
                return;
            }
            if (refused()) {
                byte[] part = new byte[Math.min(bytes.remaining(), LONGEST_REFUSAL - error.size())];
                bytes.get(part);
                error.writeBytes(part);
                if (error.size() == LONGEST_REFUSAL) {
                    fail(refusal());
                }
            } else {
                guarded(() -> lines.feed(bytes), format.failures().malformed());
            }
        }

        private void line(String line) {
            if (!over) {
                reader.line(line);
            }
        }

        private void end() {
            watch.cancel(false);
            if (refused()) {
                fail(refusal());
            } else {
                // Last words without a line end: whole, or cut off in the middle.
                guarded(() -> line(lines.take()), format.failures().truncated());
                fail(format.failures().truncated());
            }
        }

        private void guarded(Runnable reading, ModelFailure otherwise) {
            try {
                reading.run();
            } catch (MalformedReplyException e) {
                fail(otherwise);
            }
        }

        private boolean refused() {
            return status != 0 && (status != 200 || page());
        }

        /** A web page instead of a stream: somebody else answers at that address. */
        private boolean page() {
            return headers.firstValue("content-type").orElse("").startsWith("text/html");
        }

        private ModelFailure refusal() {
            return status == 200
                    ? format.failures().malformed()
                    : format.failures()
                            .of(
                                    ProviderError.parse(status, error.toString(StandardCharsets.UTF_8)),
                                    RetryAfter.in(headers));
        }
    }
}
