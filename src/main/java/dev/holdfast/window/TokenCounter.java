package dev.holdfast.window;

import dev.holdfast.conversation.Message;

/** Says what a message costs. Pure and thread-safe: the same message always has the same count. */
@FunctionalInterface
public interface TokenCounter {

    /** Tokens that a model counts for {@code message}, its role and borders included; at least 1. */
    int count(Message message);

    /** Tokens that a request costs beside its messages, however many these are. */
    default int perRequest() {
        return 0;
    }
}
