package dev.holdfast.web.view;

import dev.holdfast.conversation.Usage;

/**
 * Tokens, of a message or of a conversation.
 *
 * @param input all that were sent, cached ones included
 * @param cached those of them that the provider already held
 * @param output received
 */
public record Totals(long input, long cached, long output) {
    public static final Totals NONE = new Totals(0, 0, 0);

    public static Totals of(Usage usage) {
        return new Totals(usage.sent(), usage.cacheRead(), usage.output());
    }

    public Totals plus(Totals other) {
        return new Totals(input + other.input, cached + other.cached, output + other.output);
    }

    /** Whether anything was reported. */
    public boolean known() {
        return input > 0 || output > 0;
    }
}
