package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Message;
import java.util.List;

/**
 * A message and the other answers to the same parent.
 *
 * @param siblings ids, this one included, in the order of their making
 */
public record ShownMessage(Message message, List<String> siblings) {}
