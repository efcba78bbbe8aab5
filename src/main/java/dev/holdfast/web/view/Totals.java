package dev.holdfast.web.view;

import dev.holdfast.conversation.Usage;
import java.util.Objects;

/**
 * Tokens, of a message or of a conversation.
 *
 * @param input all that were sent, cached ones included
 * @param cached those of them that the provider already held
 * @param output received
 * @param cost what they cost, as people read it; empty if that is not known
 */
public record Totals(long input, long cached, long output, String cost) {
    public static final Totals NONE = new Totals(0, 0, 0);

    public Totals {
        Objects.requireNonNull(cost, "cost");
    }

    /** Of which the cost is not known. */
    public Totals(long input, long cached, long output) {
        this(input, cached, output, "");
    }

    public static Totals of(Usage usage) {
        return of(usage, "");
    }

    /** @param cost empty if it is not known */
    public static Totals of(Usage usage, String cost) {
        return new Totals(usage.sent(), usage.cacheRead(), usage.output(), cost);
    }

    /** Whether anything was reported. */
    public boolean known() {
        return input > 0 || output > 0;
    }
}
