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
 * What writing costs is the flush, not the text. So while many streams are being told something, each rests for a while
 * after a flush, and the pieces of text that come meanwhile go out together. How many there are is counted by the
 * flushes: streams that are open and silent burden nobody, and delay nobody's text. Every stream that was flushed stands
 * in one queue for equally long, so they come to its head in the order in which their time is up, and one timer serves
 * all; it runs only while something is told. Thread-safe.
 */
final class Gathering {
    /** How long a stream rests. Text that comes ten times a second still reads as being typed. */
    static final Duration REST = Duration.ofMillis(100);

    /** Streams whose time is up within it are woken together. */
    private static final Duration STEP = Duration.ofMillis(5);

    /** So many streams are written to by one task: fewer would cost more for handing over, more would keep a thread long. */
    private static final int PORTION = 32;

    private final Executor pumps;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanos;
    private final int few;
    private final Queue<Flushed> flushed = new ArrayDeque<>();
    private volatile int count;

    private record Flushed(EventStream stream, long end) {}

    /**
     * @param pumps writes to the connections; its tasks never wait
     * @param nanos a monotonic clock, as {@link System#nanoTime}
     * @param few while no more streams are told something within {@link #REST}, none rests
     */
    Gathering(Executor pumps, ScheduledExecutorService timer, LongSupplier nanos, int few) {
        this.pumps = pumps;
        this.timer = timer;
        this.nanos = nanos;
        this.few = few;
    }

    /** Whether so many streams are being told something that they rest after a flush. */
    boolean crowded() {
        return count > few;
    }

    /**
     * The stream was flushed, and counts for the time of a rest; then {@link EventStream#rested} is called.
     *
     * @return false if there is no time any more, for the program ends
     */
    boolean flushed(EventStream stream) {
        synchronized (flushed) {
            if (flushed.isEmpty() && !wakeIn(REST)) {
                return false;
            }
            flushed.add(new Flushed(stream, nanos.getAsLong() + REST.toNanos()));
            count = flushed.size();
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
        synchronized (flushed) {
            long now = nanos.getAsLong();
            while (!flushed.isEmpty() && flushed.peek().end() - now <= 0) {
                rested.add(flushed.remove().stream());
            }
            count = flushed.size();
            if (!flushed.isEmpty()) {
                wakeIn(STEP);
            }
        }
        return rested;
    }
}
