package dev.holdfast.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Message;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A message as it was found in a file of whatever program.
 *
 * @param message what of it we have words for; its parent is where it hangs, which is not where it says if that is lost
 * @param fields what else its line says, kept as it is; {@code content} is among it if the message's blocks say less. The
 *     object is a copy that nobody changes
 */
public record ReadMessage(Message message, JsonObject fields) {
    private static final String CONTENT = "content";

    public ReadMessage {
        Objects.requireNonNull(message, "message");
        fields = fields.deepCopy();
    }

    /** @param line of our own format, which said {@code message} */
    static JsonObject unsaid(JsonObject line, Message message) {
        JsonObject said = EntryJson.write(message);
        JsonObject unsaid = new JsonObject();
        for (Map.Entry<String, JsonElement> field : line.entrySet()) {
            if (!field.getValue().equals(said.get(field.getKey()))) {
                unsaid.add(field.getKey(), field.getValue());
            }
        }
        return unsaid;
    }

    /** The message as a line of a conversation's file says it, and its other fields. A message without time has none. */
    public JsonObject json() {
        JsonObject json = EntryJson.write(message);
        if (message.timestamp().equals(Instant.EPOCH)) {
            json.remove("timestamp");
        }
        if (fields.has(CONTENT)) {
            json.add(CONTENT, fields.get(CONTENT).deepCopy());
        }
        fields.entrySet().stream()
                .filter(field -> !field.getKey().equals(CONTENT))
                .forEach(field -> json.add(field.getKey(), field.getValue().deepCopy()));
        return json;
    }
}
