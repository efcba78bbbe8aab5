package dev.holdfast.window;

import dev.holdfast.conversation.Message;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An overlay that stands for the beginning of a conversation.
 *
 * @param to the last message that it covers; it covers everything before as well
 */
public record Summary(String id, String to, String text) {
    public Summary {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(text, "text");
    }

    /** As it is sent: always the same, so it has no time of its own (the epoch). */
    public Message message() {
        return Message.user(
                "summary:" + id,
                Optional.empty(),
                "[Summary of the conversation so far: " + text + "]",
                Instant.EPOCH,
                Optional.empty());
    }
}
