package dev.holdfast.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Messages in the shape that the providers' interfaces share: {@code role}, {@code content}, in OpenAI's also {@code
 * tool_calls}. A call becomes a block of its own, in the shape it has there.
 */
record ChatMessages(ForeignTime time) {
    private static final String CONTENT = "content";
    private static final String TOOL_CALLS = "tool_calls";

    /**
     * What an object says, if it is a message.
     *
     * @param before the message before it, which is its parent unless it names another
     */
    Optional<Draft> read(JsonObject json, Optional<String> before) {
        Optional<Role> role = ForeignJson.role(json);
        if (role.isEmpty()) {
            return Optional.empty();
        }
        JsonObject fields = json.deepCopy();
        List<Block> content = content(json, fields);
        Optional<Instant> timestamp = time.parse(json.get("timestamp"));
        timestamp.ifPresent(understood -> fields.remove("timestamp"));
        List.of("role", "id", "parent").forEach(fields::remove);
        Optional<String> model = ForeignJson.text(json, "model");
        model.ifPresent(told -> fields.remove("model"));
        return Optional.of(new Draft(
                ForeignJson.name(json, "id"),
                namesParent(json) ? ForeignJson.name(json, "parent") : before,
                role.get(),
                content,
                timestamp.orElse(Instant.EPOCH),
                model,
                fields));
    }

    private static boolean namesParent(JsonObject json) {
        JsonElement parent = json.get("parent");
        return parent != null
                && (parent.isJsonNull() || ForeignJson.name(json, "parent").isPresent());
    }

    private static List<Block> content(JsonObject json, JsonObject fields) {
        List<Block> content = new ArrayList<>(ForeignJson.content(json.get(CONTENT)));
        List<Block> calls = calls(json.get(TOOL_CALLS));
        if (json.get(CONTENT) == null
                || json.get(CONTENT).isJsonNull()
                || ForeignJson.sayAll(content, json.get(CONTENT))) {
            fields.remove(CONTENT);
            if (!calls.isEmpty()) {
                fields.remove(TOOL_CALLS);
            }
        }
        content.addAll(calls);
        return content;
    }

    /** None if what stands there is no list of objects; then it is kept as a field. */
    private static List<Block> calls(JsonElement calls) {
        List<Block> blocks = new ArrayList<>();
        if (calls instanceof JsonArray array) {
            for (JsonElement call : array) {
                if (!(call instanceof JsonObject object)) {
                    return List.of();
                }
                blocks.add(new Block.Other(object));
            }
        }
        return blocks;
    }
}
