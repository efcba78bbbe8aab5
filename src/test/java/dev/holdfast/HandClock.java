package dev.holdfast;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when it is told to, on the wall and on the monotonic clock alike. */
public final class HandClock extends Clock {
    private static final Instant BEGINNING = Instant.parse("2026-11-21T05:31:00Z");

    private final AtomicLong nanos = new AtomicLong();

    /** Lets {@code time} pass. */
    public void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** As {@link System#nanoTime}. */
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return BEGINNING.plusNanos(nanos.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("everything here is in UTC");
    }
}
