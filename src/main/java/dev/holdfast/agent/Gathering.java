package dev.holdfast.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What telling costs is the write to each reader, not the text. So while many are being told something, each conversation
 * rests for a while after it told something, and the pieces of text that come meanwhile go out together. How many are told
 * is what counts: readers of a conversation in which nothing happens burden nobody, and delay nobody's text. Conversations
 * that told something stand in a ring of short spans of time, which one timer turns for all; it runs only while something is
 * told. Thread-safe.
 */
final class Gathering {
    /** How long a conversation rests, at least. Text that comes ten times a second still reads as being typed. */
    static final Duration REST = Duration.ofMillis(100);

    /** Conversations that told something within it are woken together. */
    static final Duration SPAN = Duration.ofMillis(5);

    /** So many conversations are woken by one task: fewer would cost more for handing over, more would keep a thread long. */
    private static final int PORTION = 32;

    private final Executor turns;
    private final ScheduledExecutorService timer;
    private final int few;
    /** One more than fits into a rest, for the first may have been entered at the end of its span. */
    private final List<List<Told>> ring = new ArrayList<>();

    private int now;
    private int conversations;
    private volatile int readers;

    private record Told(Runnable rested, int readers) {}

    /**
     * @param turns where conversations are woken
     * @param few while no more readers are told something within {@link #REST}, nothing rests
     */
    Gathering(Executor turns, ScheduledExecutorService timer, int few) {
        this.turns = turns;
        this.timer = timer;
        this.few = few;
        for (int span = 0; span <= REST.dividedBy(SPAN); span++) {
            ring.add(new ArrayList<>());
        }
    }

    /** Whether so many readers are being told something that conversations rest. */
    boolean crowded() {
        return readers > few;
    }

    /**
     * A conversation tells its readers something, and they count for the time of a rest; then {@code rested} is run.
     *
     * @return false if there is no time any more, for the program ends
     */
    boolean told(Runnable rested, int told) {
        synchronized (ring) {
            if (conversations == 0 && !turnLater()) {
                return false;
            }
            ring.get(now).add(new Told(rested, told));
            conversations++;
            readers += told;
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
        List<Told> over;
        synchronized (ring) {
            now = (now + 1) % ring.size();
            over = ring.set(now, new ArrayList<>());
            conversations -= over.size();
            readers -= over.stream().mapToInt(Told::readers).sum();
            if (conversations > 0) {
                turnLater();
            }
        }
        for (int from = 0; from < over.size(); from += PORTION) {
            List<Told> portion = over.subList(from, Math.min(from + PORTION, over.size()));
            turns.execute(() -> portion.forEach(told -> told.rested().run()));
        }
    }
}
