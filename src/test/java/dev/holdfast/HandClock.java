package dev.holdfast;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock and a monotonic one, both moved by hand. Thread-safe. */
public final class HandClock extends Clock {
    /** Where every such clock begins. */
    public static final Instant START = Instant.parse("2026-11-21T05:31:00Z");

    private Instant now = START;
    private long nanos = Long.MAX_VALUE - Duration.ofHours(1).toNanos();

    /** Time goes by. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
        nanos += by.toNanos();
    }

    /** Somebody sets the machine's clock: no time goes by. */
    public synchronized void jump(Duration by) {
        now = now.plus(by);
    }

    /** The monotonic clock; it overflows an hour after the start, as {@link System#nanoTime} may. */
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only instants are asked for");
    }
}
