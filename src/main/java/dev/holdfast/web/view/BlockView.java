package dev.holdfast.web.view;

import java.util.Objects;

/**
 * A part of a streaming reply, as plain text.
 *
 * @param index the block's number in the reply
 * @param kind {@code text} or {@code thinking}
 */
public record BlockView(int index, String kind, String text) {
    public BlockView {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    /** In UTF-16 units: where the stream goes on. */
    public int length() {
        return text.length();
    }
}
