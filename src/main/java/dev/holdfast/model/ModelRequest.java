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
 */
public record ModelRequest(Optional<String> system, List<Message> messages, int maxOutput) {
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
}
