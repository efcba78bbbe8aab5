package dev.holdfast.model;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs what several threads post one at a time, in order, on one of the posting threads, and holds no lock meanwhile:
 * what runs may call foreign code. Thread-safe.
 */
final class Mailbox {
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Runs {@code task} now, or leaves it to the thread that is running another one. */
    void post(Runnable task) {
        posted.add(task);
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        do {
            posted.remove().run();
        } while (waiting.decrementAndGet() > 0);
    }
}
