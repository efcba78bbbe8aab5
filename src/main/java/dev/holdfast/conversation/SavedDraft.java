package dev.holdfast.conversation;

import java.time.Instant;
import java.util.Objects;

/**
 * What somebody has typed into a conversation and not sent.
 *
 * @param text never blank
 * @param savedAt when it was kept, to the millisecond
 */
public record SavedDraft(String text, Instant savedAt) {
    public SavedDraft {
        Objects.requireNonNull(savedAt, "savedAt");
        if (text.isBlank()) {
            throw new IllegalArgumentException("a draft has a text");
        }
    }
}
