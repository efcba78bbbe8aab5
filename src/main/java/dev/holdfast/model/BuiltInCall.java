package dev.holdfast.model;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * One reply of the built-in model on its way. At most one task of a call is scheduled at a time and each schedules the
 * next, so the fields below need no lock.
 */
final class BuiltInCall implements ModelCall {
    private enum State {
        WAITING,
        /** The listener is being called. */
        DELIVERING,
        ENDED
    }

    private final Supplier<BuiltInReply> answer;
    private final ModelRequest request;
    private final ModelListener listener;
    private final ScheduledExecutorService scheduler;
    private final Duration word;
    private final Duration slowWord;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    private String text;
    private Stop stop;
    private Duration pause;
    private int delivered;

    BuiltInCall(
            Supplier<BuiltInReply> answer,
            ModelRequest request,
            ModelListener listener,
            ScheduledExecutorService scheduler,
            Duration word,
            Duration slowWord) {
        this.answer = answer;
        this.request = request;
        this.listener = listener;
        this.scheduler = scheduler;
        this.word = word;
        this.slowWord = slowWord;
    }

    void start() {
        pause = word;
        scheduleNext();
    }

    @Override
    public void cancel() {
        state.set(State.ENDED);
    }

    private void scheduleNext() {
        scheduler.schedule(this::step, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void step() {
        try {
            if (text == null && state.get() == State.WAITING) {
                compute();
            }
            if (!state.compareAndSet(State.WAITING, State.DELIVERING)) {
                return;
            }
            if (delivered == text.length()) {
                state.set(State.ENDED);
                listener.completed(stop, usage());
                return;
            }
            int end = nextPiece(text, delivered);
            String piece = text.substring(delivered, end);
            delivered = end;
            listener.piece(0, Block.Kind.TEXT, piece);
            if (state.compareAndSet(State.DELIVERING, State.WAITING)) {
                scheduleNext();
            }
        } catch (RejectedExecutionException e) {
            fail(ModelFailure.Kind.UNREACHABLE, "The built-in model was shut down in mid-reply.");
        } catch (RuntimeException e) {
            fail(
                    ModelFailure.Kind.MALFORMED,
                    "The built-in model failed: " + e.getClass().getSimpleName() + ".");
        }
    }

    private void compute() {
        BuiltInReply reply = answer.get();
        text = BuiltInTokens.prefix(reply.text(), request.maxOutput());
        stop = text.length() < reply.text().length() ? Stop.LENGTH : Stop.COMPLETE;
        pause = reply.slow() ? slowWord : word;
    }

    /** Reports a failure unless the call has ended. */
    private void fail(ModelFailure.Kind kind, String sentence) {
        if (state.getAndSet(State.ENDED) != State.ENDED) {
            listener.failed(new ModelFailure(kind, sentence));
        }
    }

    private Usage usage() {
        return new Usage(BuiltInTokens.estimate(request), BuiltInTokens.estimate(text), 0, 0);
    }

    /**
     * Where the piece that begins at {@code from} ends: behind a word and the white space after it. A script without
     * spaces comes two characters at a time.
     */
    static int nextPiece(String text, int from) {
        int end = from;
        int letters = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            int codePoint = text.codePointAt(end);
            if (Character.isIdeographic(codePoint) || codePoint >= 0x3040 && codePoint <= 0x30FF) {
                letters++;
            }
            end += Character.charCount(codePoint);
            if (letters == 2) {
                return end;
            }
        }
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
