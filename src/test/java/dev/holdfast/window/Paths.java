package dev.holdfast.window;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds paths of messages. A message's text begins with its weight, which {@link #WEIGHT} counts as its tokens. */
final class Paths {
    /** Counts the number before the first space of a message's text; 1 for a message without one. */
    static final TokenCounter WEIGHT = message -> {
        String text = message.text();
        return text.isBlank() ? 1 : Integer.parseInt(text.substring(0, text.indexOf(' ')));
    };

    private final List<Message> messages = new ArrayList<>();

    Paths user(int tokens) {
        return add(Role.USER, Stop.COMPLETE, new Block.Text(tokens + " tokens"));
    }

    Paths reply(int tokens) {
        return reply(tokens, Stop.COMPLETE);
    }

    Paths reply(int tokens, Stop stop) {
        return add(Role.ASSISTANT, stop, new Block.Text(tokens + " tokens"));
    }

    Paths emptyReply() {
        return add(Role.ASSISTANT, Stop.FAILED);
    }

    Paths toolCall(int tokens) {
        return add(Role.ASSISTANT, Stop.COMPLETE, new Block.Text(tokens + " tokens"), foreign("tool_use"));
    }

    Paths toolResult(int tokens) {
        return add(Role.USER, Stop.COMPLETE, new Block.Text(tokens + " tokens"), foreign("tool_result"));
    }

    Paths add(Role role, Stop stop, Block... content) {
        messages.add(new Message(
                "m" + messages.size(),
                Optional.empty(),
                role,
                List.of(content),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Usage.NONE,
                stop,
                Optional.empty()));
        return this;
    }

    static Block foreign(String type) {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        return new Block.Other(json);
    }

    int size() {
        return messages.size();
    }

    /** The first {@code count} messages. */
    List<Message> first(int count) {
        return List.copyOf(messages.subList(0, count));
    }

    List<Message> all() {
        return List.copyOf(messages);
    }
}
