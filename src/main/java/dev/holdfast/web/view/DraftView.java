package dev.holdfast.web.view;

import java.time.Instant;
import java.util.Objects;

/**
 * What stands in the composer unsent.
 *
 * @param text empty if nothing does
 * @param savedAt when the server kept it; null if it keeps nothing
 */
public record DraftView(String text, Instant savedAt) {
    public static final DraftView NONE = new DraftView("", null);

    public DraftView {
        Objects.requireNonNull(text, "text");
    }
}
