package dev.holdfast.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What writing costs is the flush, not the text. So while many streams are open, each rests for a while after a flush, and
 * the pieces of text that come meanwhile go out together. All rest equally long, so a queue holds them in the order in
 * which their rests end, and one timer serves all; it runs only while some rest. Thread-safe.
 */
final class Gathering {
    /** How long a stream rests. Text that comes ten times a second still reads as being typed. */
    static final Duration REST = Duration.ofMillis(100);

    /** Streams whose rests end within it are woken together. */
    private static final Duration STEP = Duration.ofMillis(5);

    /** So many streams are written to by one task: fewer would cost more for handing over, more would keep a thread long. */
    private static final int PORTION = 32;

    private final Executor pumps;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanos;
    private final Queue<Rest> rests = new ArrayDeque<>();

    private record Rest(EventStream stream, long end) {}

    /** @param nanos a monotonic clock, as {@link System#nanoTime} */
    Gathering(Executor pumps, ScheduledExecutorService timer, LongSupplier nanos) {
        this.pumps = pumps;
        this.timer = timer;
        this.nanos = nanos;
    }

    /**
     * The stream rests from now on, and {@link EventStream#rested} is called when it is over.
     *
     * @return false if there is no time any more, for the program ends
     */
    boolean rest(EventStream stream) {
        synchronized (rests) {
            if (rests.isEmpty() && !wakeIn(REST)) {
                return false;
            }
            rests.add(new Rest(stream, nanos.getAsLong() + REST.toNanos()));
            return true;
        }
    }

    private boolean wakeIn(Duration delay) {
        try {
            timer.schedule(this::wake, delay.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void wake() {
        List<EventStream> rested = rested();
        for (int from = 0; from < rested.size(); from += PORTION) {
            List<EventStream> portion = rested.subList(from, Math.min(from + PORTION, rested.size()));
            pumps.execute(() -> portion.forEach(EventStream::rested));
        }
    }

    private List<EventStream> rested() {
        List<EventStream> rested = new ArrayList<>();
        synchronized (rests) {
            long now = nanos.getAsLong();
            while (!rests.isEmpty() && rests.peek().end() - now <= 0) {
                rested.add(rests.remove().stream());
            }
            if (!rests.isEmpty()) {
                wakeIn(STEP);
            }
        }
        return rested;
    }
}
