package dev.holdfast.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs actions that are all to wait for the same time, those of about the same moment together: waking threads for each
 * of thousands of conversations would cost more than what is done then. A ring of short spans of time, in whose current
 * one an action is entered, and which has turned round once when the action is run; it turns only while something waits.
 * After G. Varghese and T. Lauck, <a href="https://doi.org/10.1145/41457.37504">Hashed and hierarchical timing wheels</a>,
 * 1987, their simplest kind. Thread-safe.
 */
final class TimingWheel {
    /** So many actions are run by one task: fewer would cost more for handing over, more would keep a thread long. */
    private static final int PORTION = 32;

    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Duration span;
    private final List<List<Runnable>> ring = new ArrayList<>();
    private int now;
    private int waiting;

    /**
     * @param executor runs the actions
     * @param longest how long an action waits, or up to one span less, and as much longer as the timer's turns come late
     *     together; a multiple of the span
     */
    TimingWheel(Executor executor, ScheduledExecutorService timer, Duration longest, Duration span) {
        this.executor = executor;
        this.timer = timer;
        this.span = span;
        for (int i = 0; i < longest.dividedBy(span); i++) {
            ring.add(new ArrayList<>());
        }
    }

    /**
     * Has {@code action} run later.
     *
     * @return false if there is no time any more, for the program ends: it will not be run
     */
    boolean later(Runnable action) {
        synchronized (ring) {
            if (waiting == 0 && !turnSoon()) {
                return false;
            }
            ring.get(now).add(action);
            waiting++;
            return true;
        }
    }

    private boolean turnSoon() {
        try {
            timer.schedule(this::turn, span.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void turn() {
        List<Runnable> due;
        synchronized (ring) {
            now = (now + 1) % ring.size();
            due = ring.set(now, new ArrayList<>());
            waiting -= due.size();
            if (waiting > 0) {
                turnSoon();
            }
        }
        for (int from = 0; from < due.size(); from += PORTION) {
            run(due.subList(from, Math.min(from + PORTION, due.size())).iterator());
        }
    }

    private void run(Iterator<Runnable> actions) {
        executor.execute(() -> {
            try {
                while (actions.hasNext()) {
                    actions.next().run();
                }
            } finally {
                if (actions.hasNext()) { // One threw, which is nothing to the others.
                    run(actions);
                }
            }
        });
    }
}
