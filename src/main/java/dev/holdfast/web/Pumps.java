package dev.holdfast.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Writes to the streams that have something to say, on other threads than those that have said it. Few tasks write to all:
 * an event is said to all readers of a conversation at once, and waking a thread for each of them would cost more than
 * writing to it. Thread-safe.
 */
final class Pumps {
    /** When so many more streams wait, another task helps; and so many are taken from the queue at once. */
    private static final int PORTION = 128;

    private final Executor workers;
    private final Queue<EventStream> due = new ArrayDeque<>();
    private int tasks;

    /** @param workers its tasks never wait */
    Pumps(Executor workers) {
        this.workers = workers;
    }

    /** {@link EventStream#pump} will be run. */
    void add(EventStream stream) {
        synchronized (due) {
            due.add(stream);
            if (due.size() <= tasks * PORTION) {
                return;
            }
            tasks++;
        }
        workers.execute(this::pump);
    }

    private void pump() {
        for (List<EventStream> portion = next(); !portion.isEmpty(); portion = next()) {
            portion.forEach(EventStream::pump);
        }
    }

    /** If it is empty, the task is over. */
    private List<EventStream> next() {
        synchronized (due) {
            List<EventStream> portion = new ArrayList<>(Math.min(PORTION, due.size()));
            while (portion.size() < PORTION && !due.isEmpty()) {
                portion.add(due.remove());
            }
            if (portion.isEmpty()) {
                tasks--;
            }
            return portion;
        }
    }
}
