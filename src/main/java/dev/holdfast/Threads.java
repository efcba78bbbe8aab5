package dev.holdfast;

import dev.holdfast.cli.OperatorDoor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The program's threads, all of them but the server's. How many there are does not depend on how many people chat. */
final class Threads implements AutoCloseable {
    /** The file system gathers what is forced at the same time: 48 get half as much more done as 16, more gain little. */
    private static final int IO = 48;

    /** Mail servers may keep a sender waiting; so many may be kept waiting at once. */
    private static final int MAIL = 2;

    private static final int MOST_SECONDS_TO_END = 3;

    private final ExecutorService io = pool("io", IO);
    private final ExecutorService mail = pool("mail", MAIL);
    private final ExecutorService operator = pool("operator", 1 + OperatorDoor.MOST_AT_ONCE);
    private final ExecutorService work =
            pool("work", Math.max(4, Runtime.getRuntime().availableProcessors()));
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("timer"));

    Threads() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ExecutorService pool(String name, int size) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName("holdfast-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Writes files. Never interrupted: an interrupt would close the file under everybody. */
    ExecutorService io() {
        return io;
    }

    /** Sends mails, and waits for mail servers. */
    ExecutorService mail() {
        return mail;
    }

    /** Waits for operators' commands and carries them out. Never interrupted, for these work on files. */
    ExecutorService operator() {
        return operator;
    }

    /** Everything else, in short pieces that do not wait. */
    ExecutorService work() {
        return work;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** Nothing that was to happen later happens any more. */
    void stopTiming() {
        timer.shutdown();
    }

    /** Lets what was begun finish, for {@link #MOST_SECONDS_TO_END} in all. */
    @Override
    public void close() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS_TO_END);
        for (ExecutorService each : new ExecutorService[] {timer, mail, operator, work, io}) {
            each.shutdown();
            try {
                each.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
