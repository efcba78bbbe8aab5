package dev.holdfast.it.chaos;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A message as it is on disk.
 *
 * @param parent empty: it begins the conversation
 * @param state why an assistant's message ends
 * @param cause what the person is told of that; empty: nothing
 * @param journaled what the file knew of a reply before it ended
 */
record Stored(String id, String parent, String role, String text, String state, String cause, String journaled) {
    /** All messages of a conversation's file, in the order of its lines. */
    static List<Stored> read(Path data, String conversation) {
        Path file = data.resolve("conversations")
                .resolve(conversation.substring(conversation.length() - 2))
                .resolve(conversation + ".jsonl");
        List<Stored> stored = new ArrayList<>();
        Map<String, StringBuilder> journaled = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                JsonObject json = JsonParser.parseString(line).getAsJsonObject();
                if (json.has("role")) {
                    stored.add(of(json, journaled.getOrDefault(text(json, "id", ""), new StringBuilder())));
                } else if (text(json, "_type", "").equals("delta")) {
                    StringBuilder before = journaled.computeIfAbsent(text(json, "id", ""), id -> new StringBuilder());
                    before.setLength(json.get("at").getAsInt());
                    before.append(text(json, "text", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stored;
    }

    private static Stored of(JsonObject json, StringBuilder journaled) {
        return new Stored(
                text(json, "id", ""),
                text(json, "parent", ""),
                text(json, "role", ""),
                content(json.get("content")),
                text(json, "stop", "complete"),
                text(json, "cause", ""),
                journaled.toString());
    }

    /** An answer without a word has a list of no blocks. */
    private static String content(JsonElement content) {
        return content == null
                        || content.isJsonNull()
                        || content.isJsonArray() && content.getAsJsonArray().isEmpty()
                ? ""
                : content.getAsString();
    }

    private static String text(JsonObject json, String name, String otherwise) {
        return json.has(name) && !json.get(name).isJsonNull() ? json.get(name).getAsString() : otherwise;
    }

    boolean said() {
        return role.equals("user");
    }

    boolean interrupted() {
        return state.equals("interrupted");
    }
}
