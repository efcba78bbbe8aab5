package dev.holdfast.lifecycle;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets something happen so often in a while for each key, and then not. Thread-safe; remembers a bounded number of keys. */
final class Fence {
    private static final int MOST_KEYS = 10_000;

    private final int times;
    private final Duration in;
    private final TimeMeter meter;
    private final Recent<String, Bucket> buckets = new Recent<>(MOST_KEYS);

    /** @param nanos a monotonic clock, as {@link System#nanoTime} */
    Fence(int times, Duration in, LongSupplier nanos) {
        this.times = times;
        this.in = in;
        this.meter = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos.getAsLong();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    /** @throws TooManyAttemptsException if {@code key} has been here too often */
    void pass(String key) {
        Bucket bucket = buckets.get(
                key,
                absent -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(times).refillGreedy(times, in))
                        .withCustomTimePrecision(meter)
                        .build());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new TooManyAttemptsException(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }
}
