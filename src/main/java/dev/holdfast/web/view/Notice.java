package dev.holdfast.web.view;

import java.util.Objects;

/**
 * The outcome of a form sent without JavaScript.
 *
 * @param sentence what happened, what is safe, what to do
 * @param text what the composer gets back; null if nothing
 */
public record Notice(String sentence, String text) {
    public Notice {
        Objects.requireNonNull(sentence, "sentence");
    }
}
