package dev.holdfast.window;

import java.util.Locale;

/** What must be sent does not fit. The message is a sentence for the person who wrote it. */
public final class MessageTooLongException extends Exception {
    private final int tokens;
    private final int limit;

    MessageTooLongException(int tokens, int limit) {
        super(String.format(
                Locale.ROOT,
                "This message has about %,d tokens; at most %,d can be sent to the model (window.high)."
                        + " Shorten it or send it in parts.",
                tokens,
                limit));
        this.tokens = tokens;
        this.limit = limit;
    }

    /** How many tokens must be sent. */
    public int tokens() {
        return tokens;
    }

    /** How many can be sent. */
    public int limit() {
        return limit;
    }
}
