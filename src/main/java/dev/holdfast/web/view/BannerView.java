package dev.holdfast.web.view;

import java.util.Objects;

/**
 * What the page says about a conversation that was left alone.
 *
 * @param kind {@code warned}, {@code paused}, {@code expired}, {@code resumed} or {@code interrupted}
 * @param secondsLeft until the pause, when warned; else 0
 * @param exchanges how many questions and answers are saved
 * @param less whether so many are saved that one may wish to go on with the last ones only
 * @param summarised whether a summary goes with them
 * @param lastTopic what was said last, shortened; empty if unknown
 * @param code the resume code, when paused or expired; null if none was made
 */
public record BannerView(
        String kind, long secondsLeft, int exchanges, boolean less, boolean summarised, String lastTopic, String code) {
    public BannerView {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(lastTopic, "lastTopic");
    }

    /** {@code 4:05}: minutes and seconds left, for readers without JavaScript. */
    public String timeLeft() {
        long seconds = Math.max(0, secondsLeft);
        return seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60;
    }
}
