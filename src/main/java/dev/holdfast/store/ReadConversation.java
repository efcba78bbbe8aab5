package dev.holdfast.store;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.MessageTree;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A conversation as it was found in a file of whatever program.
 *
 * @param header what the file says of the conversation besides its messages; no fields if it says nothing
 * @param messages all of them, in the order of the file; only the end of the path if no more was asked for
 * @param path the active one, oldest first
 */
public record ReadConversation(Origin origin, JsonObject header, List<ReadMessage> messages, List<ReadMessage> path) {
    public ReadConversation {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(header, "header");
        messages = List.copyOf(messages);
        path = List.copyOf(path);
    }

    /** @param fields of the messages that have some, by id */
    static ReadConversation of(Origin origin, JsonObject header, MessageTree tree, Map<String, JsonObject> fields) {
        return new ReadConversation(origin, header, all(tree.all(), fields), all(tree.path(), fields));
    }

    private static List<ReadMessage> all(List<Message> messages, Map<String, JsonObject> fields) {
        return messages.stream()
                .map(message -> new ReadMessage(message, fields.getOrDefault(message.id(), new JsonObject())))
                .toList();
    }

    /** The same, with the last {@code most} messages of the path only. */
    ReadConversation last(int most) {
        List<ReadMessage> last = path.subList(Math.max(0, path.size() - most), path.size());
        return new ReadConversation(origin, header, last, last);
    }
}
