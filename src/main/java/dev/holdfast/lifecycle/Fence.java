package dev.holdfast.lifecycle;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets something happen so often in a while for each key, and then not: so often at once, and again as time goes by, evenly.
 * Thread-safe. Remembers a bounded number of keys; the one that was asked for least recently is forgotten, and may then do
 * everything again.
 */
final class Fence {
    static final int MOST_KEYS = 10_000;

    private final int times;
    private final Duration in;
    private final TimeMeter meter;
    private final Recent<String, Bucket> buckets = new Recent<>(MOST_KEYS);

    /**
     * @param times 0: as often as one likes
     * @param nanos a monotonic clock, as {@link System#nanoTime}
     */
    Fence(int times, Duration in, LongSupplier nanos) {
        this.times = times;
        this.in = in;
        long start = nanos.getAsLong(); // such a clock may overflow; what has gone by since does not
        this.meter = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos.getAsLong() - start;
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    /** @throws TooManyAttemptsException if {@code key} has been here too often */
    void pass(String key) {
        if (times == 0) {
            return;
        }
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

    /** How long until {@code key} can pass; zero if it can now. Of who only asks nothing is remembered. */
    Duration left(String key) {
        Bucket bucket = buckets.get(key);
        return bucket == null
                ? Duration.ZERO
                : Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /** What {@code key} passed for did not happen. */
    void giveBack(String key) {
        Bucket bucket = buckets.get(key);
        if (bucket != null) {
            bucket.addTokens(1);
        }
    }
}
