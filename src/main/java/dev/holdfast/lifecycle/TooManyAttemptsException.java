package dev.holdfast.lifecycle;

import java.time.Duration;

/** Something was tried too often. Nothing happened. */
public final class TooManyAttemptsException extends RuntimeException {
    private final Duration wait;

    TooManyAttemptsException(Duration wait) {
        super("That was tried too often. Try again in " + seconds(wait) + " seconds.");
        this.wait = wait;
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** Until the next try can succeed: whole seconds, at least 1. */
    public long retryAfterSeconds() {
        return seconds(wait);
    }
}
