package dev.holdfast.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** How many durable appends a second several conversations together get done, each of them one after the other. */
final class AppendRate {
    private static final long MEASURED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Returns when what it appended is durable. */
    @FunctionalInterface
    interface Waiting {
        void append() throws Exception;
    }

    /** Returns at once; what it returns completes when what it appended is durable. */
    @FunctionalInterface
    interface CalledBack {
        CompletableFuture<?> append();
    }

    private AppendRate() {}

    /** A thread a conversation, which waits for each append. */
    static double ofWaiting(List<? extends Waiting> conversations) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(conversations.size());
        try {
            CyclicBarrier start = new CyclicBarrier(conversations.size());
            List<Future<Double>> rates = new ArrayList<>();
            for (Waiting conversation : conversations) {
                rates.add(threads.submit(() -> {
                    start.await();
                    return rate(conversation);
                }));
            }
            double sum = 0;
            for (Future<Double> rate : rates) {
                sum += rate.get();
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }

    private static double rate(Waiting conversation) throws Exception {
        long begin = System.nanoTime();
        long count = 0;
        long passed;
        do {
            conversation.append();
            count++;
            passed = System.nanoTime() - begin;
        } while (passed < MEASURED_NANOS);
        return count * 1e9 / passed;
    }

    /** No thread waits: the next append of a conversation begins when the last one is reported durable. */
    static double ofCalledBack(List<? extends CalledBack> conversations) throws Exception {
        Run run = new Run(conversations.size());
        conversations.forEach(run::append);
        run.running.await();
        if (run.failure.get() != null) {
            throw new IllegalStateException("an append failed", run.failure.get());
        }
        return run.count.sum() * 1e9 / (System.nanoTime() - run.begin);
    }

    private static final class Run {
        private final long begin = System.nanoTime();
        private final LongAdder count = new LongAdder();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final CountDownLatch running;

        Run(int conversations) {
            running = new CountDownLatch(conversations);
        }

        void append(CalledBack conversation) {
            conversation.append().whenComplete((seq, failed) -> {
                count.increment();
                if (failed != null) {
                    failure.set(failed);
                }
                if (failed != null || System.nanoTime() - begin > MEASURED_NANOS) {
                    running.countDown();
                } else {
                    append(conversation);
                }
            });
        }
    }
}
