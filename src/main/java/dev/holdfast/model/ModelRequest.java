package dev.holdfast.model;

import dev.holdfast.conversation.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model is asked.
 *
 * @param system instructions before the conversation
 * @param messages oldest first; begins and ends with a user's
 * @param maxOutput most tokens that the reply may have
 * @param resent whether the next request will begin with all of this one, so that a provider's cache is worth its price
 */
public record ModelRequest(Optional<String> system, List<Message> messages, int maxOutput, boolean resent) {
    public ModelRequest {
        Objects.requireNonNull(system, "system");
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a model is asked something");
        }
        if (maxOutput < 1) {
            throw new IllegalArgumentException("maxOutput is at least 1");
        }
    }

    /** One turn of a conversation that goes on. */
    public ModelRequest(Optional<String> system, List<Message> messages, int maxOutput) {
        this(system, messages, maxOutput, true);
    }
}
