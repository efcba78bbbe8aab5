package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A message, the other answers to the same parent, and what the model sees of it.
 *
 * @param siblings ids, this one included, in the order of their making
 * @param kept whether a person keeps it in what the model is sent
 * @param cut there if what the model is sent begins here, and something comes before
 */
public record ShownMessage(Message message, List<String> siblings, boolean kept, Optional<ShownCut> cut) {
    public ShownMessage {
        Objects.requireNonNull(message, "message");
        siblings = List.copyOf(siblings);
        Objects.requireNonNull(cut, "cut");
    }
}
