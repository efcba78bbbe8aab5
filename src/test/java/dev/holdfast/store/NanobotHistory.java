package dev.holdfast.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.holdfast.conversation.Block;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What nanobot shows its model of a session without limits ({@code get_history}), made of what we read of it. */
final class NanobotHistory {
    private static final int SHOWN_AT_LEAST = 8;
    private static final List<String> SHOWN_FIELDS =
            List.of("tool_calls", "tool_call_id", "name", "reasoning_content", "thinking_blocks");

    private NanobotHistory() {}

    static JsonArray of(ReadConversation session) {
        List<JsonObject> rows = new ArrayList<>();
        session.path().forEach(message -> rows.add(row(message)));
        int from = Math.max(0, Math.min(consolidated(session.header(), rows.size()), rows.size() - SHOWN_AT_LEAST));
        while (from < rows.size() && !isRole(rows.get(from), "user")) {
            from++;
        }
        Set<String> calls = new HashSet<>();
        JsonArray history = new JsonArray();
        for (JsonObject row : rows.subList(from, rows.size())) {
            boolean isCommand = row.has("_command");
            boolean isEmpty = isRole(row, "assistant")
                    && new JsonPrimitive("").equals(row.get("content"))
                    && !row.has("tool_calls");
            boolean isStray = isRole(row, "tool")
                    && !calls.contains(row.get("tool_call_id").getAsString());
            if (!isCommand && !isEmpty && !isStray) {
                history.add(shown(row, calls));
            }
        }
        return history;
    }

    private static int consolidated(JsonObject header, int messages) {
        JsonElement told = header.get("last_consolidated");
        boolean isNumber = told instanceof JsonPrimitive primitive
                && primitive.isNumber()
                && primitive.getAsString().matches("[0-9]{1,9}");
        return isNumber && told.getAsInt() <= messages ? told.getAsInt() : 0;
    }

    private static boolean isRole(JsonObject row, String role) {
        return row.get("role").getAsString().equals(role);
    }

    /** The line as it was: the calls are among the blocks of what was read. */
    private static JsonObject row(ReadMessage read) {
        JsonObject row = read.fields();
        row.addProperty("role", read.message().role().wire());
        List<Block> words = new ArrayList<>();
        JsonArray calls = new JsonArray();
        for (Block block : read.message().content()) {
            if (block instanceof Block.Other other && other.json().has("function")) {
                calls.add(other.json());
            } else {
                words.add(block);
            }
        }
        if (!row.has("content")) {
            row.add("content", words.isEmpty() ? JsonNull.INSTANCE : EntryJson.writeContent(words));
        }
        if (!calls.isEmpty()) {
            row.add("tool_calls", calls);
        }
        return row;
    }

    private static JsonObject shown(JsonObject row, Set<String> calls) {
        JsonObject shown = new JsonObject();
        shown.add("role", row.get("role"));
        shown.add("content", withMedia(row));
        for (String field : SHOWN_FIELDS) {
            if (row.has(field)) {
                shown.add(field, row.get(field));
            }
        }
        if (row.has("tool_calls")) {
            row.getAsJsonArray("tool_calls")
                    .forEach(call -> calls.add(call.getAsJsonObject().get("id").getAsString()));
        }
        return shown;
    }

    private static JsonElement withMedia(JsonObject row) {
        if (!row.has("media") || row.getAsJsonArray("media").isEmpty()) {
            return row.get("content");
        }
        StringBuilder content = new StringBuilder(row.get("content").getAsString());
        row.getAsJsonArray("media")
                .forEach(path ->
                        content.append("\n[image: ").append(path.getAsString()).append("]"));
        return new JsonPrimitive(content.toString());
    }
}
