package dev.holdfast.bench;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Does many things again and again, each as often as the others, spread evenly over the time. One thread does all; if it
 * comes late it makes up for it.
 */
final class Pacer {
    private static final int STEP_MILLIS = 2;

    private List<List<Runnable>> steps = List.of();
    private int next;
    private int added;

    /** {@code action} is done every {@code millis}, a multiple of {@value #STEP_MILLIS} that is the same for all. */
    synchronized void every(int millis, Runnable action) {
        if (steps.isEmpty()) {
            steps = Stream.<List<Runnable>>generate(CopyOnWriteArrayList::new)
                    .limit(millis / STEP_MILLIS)
                    .toList();
            Thread thread = new Thread(this::run, "pacer");
            thread.setDaemon(true);
            thread.start();
        }
        steps.get(added++ % steps.size()).add(action);
    }

    /** Nothing is done any more, and when this returns nothing is being done. */
    synchronized void stopAll() {
        steps = List.of();
    }

    private void run() {
        long due = System.nanoTime();
        while (step()) {
            due += STEP_MILLIS * 1_000_000L;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    private synchronized boolean step() {
        if (steps.isEmpty()) {
            return false;
        }
        next = (next + 1) % steps.size();
        steps.get(next).forEach(Runnable::run);
        return true;
    }
}
