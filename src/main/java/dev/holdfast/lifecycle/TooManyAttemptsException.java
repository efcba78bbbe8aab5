package dev.holdfast.lifecycle;

import java.time.Duration;

/** Something was tried too often, or too much of it at once. Nothing happened. */
public final class TooManyAttemptsException extends RuntimeException {
    private final Duration wait;

    TooManyAttemptsException(Duration wait) {
        this("That was tried too often.", wait);
    }

    /** @param why a sentence */
    TooManyAttemptsException(String why, Duration wait) {
        super(why + " Try again in " + seconds(wait) + (seconds(wait) == 1 ? " second." : " seconds."));
        this.wait = wait;
    }

    private static int seconds(Duration wait) {
        return Math.toIntExact(Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
    }

    /** Until the next try can succeed: whole seconds, at least 1. */
    public int retryAfterSeconds() {
        return seconds(wait);
    }
}
