package dev.holdfast.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What writing costs is the call, not the text. So while many streams are being told something, each rests for a while
 * after it was written to, and the pieces of text that come meanwhile go out together. How many there are is counted by
 * the writes: streams that are open and silent burden nobody, and delay nobody's text. Streams that were written to stand
 * in a ring of short spans of time, which one timer turns for all; it runs only while something is told. Thread-safe.
 */
final class Gathering {
    /** How long a stream rests, at least. Text that comes ten times a second still reads as being typed. */
    static final Duration REST = Duration.ofMillis(100);

    /** Streams that were written to within it are woken together. */
    static final Duration SPAN = Duration.ofMillis(5);

    /** So many streams are written to by one task: fewer would cost more for handing over, more would keep a thread long. */
    private static final int PORTION = 32;

    private final Executor pumps;
    private final ScheduledExecutorService timer;
    private final int few;
    /** One more than fits into a rest, for the first may have been entered at the end of its span. */
    private final List<List<EventStream>> ring = new ArrayList<>();

    private int now;
    private volatile int count;

    /**
     * @param pumps writes to the connections; its tasks never wait
     * @param few while no more streams are told something within {@link #REST}, none rests
     */
    Gathering(Executor pumps, ScheduledExecutorService timer, int few) {
        this.pumps = pumps;
        this.timer = timer;
        this.few = few;
        for (int span = 0; span <= REST.dividedBy(SPAN); span++) {
            ring.add(new ArrayList<>());
        }
    }

    /** Whether so many streams are being told something that they rest after a write. */
    boolean crowded() {
        return count > few;
    }

    /**
     * The stream is written to, and counts for the time of a rest; then {@link EventStream#rested} is called.
     *
     * @return false if there is no time any more, for the program ends
     */
    boolean wrote(EventStream stream) {
        synchronized (ring) {
            if (count == 0 && !turnLater()) {
                return false;
            }
            ring.get(now).add(stream);
            count++;
            return true;
        }
    }

    private boolean turnLater() {
        try {
            timer.schedule(this::turn, SPAN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void turn() {
        List<EventStream> rested;
        synchronized (ring) {
            now = (now + 1) % ring.size();
            rested = ring.set(now, new ArrayList<>());
            count -= rested.size();
            if (count > 0) {
                turnLater();
            }
        }
        for (int from = 0; from < rested.size(); from += PORTION) {
            List<EventStream> portion = rested.subList(from, Math.min(from + PORTION, rested.size()));
            pumps.execute(() -> portion.forEach(EventStream::rested));
        }
    }
}
