package dev.holdfast.it.chaos;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Random pauses, that a timer ends. Thread-safe. */
record Pauses(ScheduledExecutorService timer, Random random) {
    void upTo(int millis) {
        CountDownLatch over = new CountDownLatch(1);
        timer.schedule(over::countDown, random.nextInt(millis), TimeUnit.MILLISECONDS);
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
