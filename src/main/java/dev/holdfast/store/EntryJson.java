package dev.holdfast.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The written form of an {@link Entry}: one JSON object, as it stands in a conversation's file (without {@code seq} and
 * {@code crc}, which the journal adds). A line with a {@code role} is a message; everything else has a {@code _type}.
 * What cannot be understood becomes an {@link Entry.Unknown} and is kept. Type names are persisted: never reuse one.
 */
final class EntryJson {
    private static final String TYPE = "_type";
    private static final String CHECKPOINT = "checkpoint";

    private EntryJson() {}

    /** Whether a line says what all before it amount to. */
    static boolean isCheckpoint(JsonObject json) {
        return new JsonPrimitive(CHECKPOINT).equals(json.get(TYPE));
    }

    /** Whether a line is a message. */
    static boolean isMessage(JsonObject json) {
        return json.has("role");
    }

    /** Whether a line is a message, a trace or a summary: what is to be read of a line to know what models were asked. */
    static boolean tellsOfACall(JsonObject json) {
        return isMessage(json)
                || json.get(TYPE) instanceof JsonPrimitive type
                        && (type.getAsString().equals(TraceJson.TRACE)
                                || type.getAsString().equals(OverlayJson.SUMMARY));
    }

    /** The id of a line that is a message, if it has one. */
    static Optional<String> idOfMessage(JsonObject json) {
        return isMessage(json) && json.get("id") instanceof JsonPrimitive id
                ? Optional.of(id.getAsString())
                : Optional.empty();
    }

    static JsonObject write(Entry entry) {
        if (entry instanceof Message message) {
            return writeMessage(message);
        }
        if (entry instanceof Entry.ReplyStarted start) {
            JsonObject json = typed("reply");
            json.addProperty("id", start.id());
            json.addProperty("parent", start.parent());
            json.addProperty("model", start.model());
            start.replaces().ifPresent(other -> json.addProperty("replaces", other));
            return stamped(json, start.timestamp());
        }
        if (entry instanceof Entry.Delta delta) {
            JsonObject json = typed("delta");
            json.addProperty("id", delta.id());
            json.addProperty("block", delta.block());
            if (delta.kind() != Block.Kind.TEXT) {
                json.addProperty("kind", delta.kind().name().toLowerCase(Locale.ROOT));
            }
            json.addProperty("at", delta.at());
            json.addProperty("text", delta.text());
            return json;
        }
        if (entry instanceof Entry.Queued queued) {
            JsonObject json = typed("queued");
            json.addProperty("id", queued.id());
            json.addProperty("content", queued.text());
            queued.sendKey().ifPresent(key -> json.addProperty("send_key", key));
            return stamped(json, queued.timestamp());
        }
        if (entry instanceof Entry.Title title) {
            JsonObject json = typed("title");
            json.addProperty("title", title.title());
            return stamped(json, title.timestamp());
        }
        if (entry instanceof Entry.Head head) {
            JsonObject json = typed("head");
            json.addProperty("id", head.id().orElse(null));
            return stamped(json, head.timestamp());
        }
        if (entry instanceof Entry.Paused paused) {
            return stamped(typed("paused"), paused.timestamp());
        }
        if (entry instanceof Entry.Resumed resumed) {
            return stamped(typed("resumed"), resumed.timestamp());
        }
        if (entry instanceof Entry.Deleted deleted) {
            return stamped(typed("deleted"), deleted.timestamp());
        }
        if (entry instanceof Entry.Restored restored) {
            return stamped(typed("restored"), restored.timestamp());
        }
        if (entry instanceof Entry.Window window) {
            return OverlayJson.write(window);
        }
        if (entry instanceof Entry.Summary summary) {
            return OverlayJson.write(summary);
        }
        if (entry instanceof Entry.Pin pin) {
            return OverlayJson.write(pin);
        }
        if (entry instanceof Entry.Trace trace) {
            return TraceJson.write(trace);
        }
        if (entry instanceof Entry.Checkpoint checkpoint) {
            return writeCheckpoint(checkpoint);
        }
        return ((Entry.Unknown) entry).json().deepCopy();
    }

    private static JsonObject writeCheckpoint(Entry.Checkpoint checkpoint) {
        JsonObject json = typed(CHECKPOINT);
        json.addProperty("head", checkpoint.head());
        checkpoint.title().ifPresent(title -> json.addProperty("title", title));
        json.addProperty("opening", checkpoint.opening());
        json.addProperty("exchanges", checkpoint.exchanges());
        json.add("usage", writeUsage(checkpoint.usage()));
        JsonObject spent = new JsonObject();
        checkpoint.spent().byModel().forEach((model, usage) -> spent.add(model, writeUsage(usage)));
        json.add("spent", spent);
        json.addProperty("highest_id", checkpoint.highestId());
        OverlayJson.write(checkpoint.overlay(), json);
        JsonObject placeholders = new JsonObject();
        new TreeMap<>(checkpoint.placeholders()).forEach(placeholders::addProperty);
        json.add("placeholders", placeholders);
        if (!checkpoint.branches().isEmpty()) {
            JsonObject branches = new JsonObject();
            new TreeMap<>(checkpoint.branches()).forEach((parent, answers) -> branches.add(parent, ids(answers)));
            json.add("branches", branches);
        }
        json.addProperty("active", checkpoint.active().toString());
        return stamped(json, checkpoint.timestamp());
    }

    static JsonArray ids(List<String> ids) {
        JsonArray array = new JsonArray(ids.size());
        ids.forEach(array::add);
        return array;
    }

    static List<String> readIds(JsonElement array) {
        List<String> ids = new ArrayList<>();
        array.getAsJsonArray().forEach(id -> ids.add(id.getAsString()));
        return List.copyOf(ids);
    }

    private static Map<String, List<String>> readBranches(JsonObject json) {
        Map<String, List<String>> branches = new HashMap<>();
        json.entrySet().forEach(parent -> {
            branches.put(parent.getKey(), readIds(parent.getValue()));
        });
        return branches;
    }

    static JsonObject typed(String type) {
        JsonObject json = new JsonObject();
        json.addProperty(TYPE, type);
        return json;
    }

    static JsonObject stamped(JsonObject json, Instant timestamp) {
        json.addProperty("timestamp", timestamp.toString());
        return json;
    }

    private static JsonObject writeMessage(Message message) {
        JsonObject json = new JsonObject();
        json.addProperty("role", message.role().wire());
        json.add("content", writeContent(message.content()));
        json.addProperty("id", message.id());
        json.addProperty("parent", message.parent().orElse(null));
        message.model().ifPresent(model -> json.addProperty("model", model));
        stamped(json, message.timestamp());
        message.sendKey().ifPresent(key -> json.addProperty("send_key", key));
        if (!message.usage().equals(Usage.NONE)) {
            json.add("usage", writeUsage(message.usage()));
        }
        if (message.stop() != Stop.COMPLETE) {
            json.addProperty("stop", message.stop().wire());
        }
        message.cause().ifPresent(cause -> json.addProperty("cause", cause));
        return json;
    }

    static JsonElement writeContent(List<Block> content) {
        if (content.size() == 1 && content.get(0) instanceof Block.Text text) {
            return new JsonPrimitive(text.text());
        }
        JsonArray blocks = new JsonArray();
        for (Block block : content) {
            JsonObject json = new JsonObject();
            if (block instanceof Block.Text text) {
                json.addProperty("type", "text");
                json.addProperty("text", text.text());
            } else if (block instanceof Block.Thinking thinking) {
                json.addProperty("type", "thinking");
                json.addProperty("thinking", thinking.text());
                json.addProperty("signature", thinking.signature());
            } else {
                json = ((Block.Other) block).json().deepCopy();
            }
            blocks.add(json);
        }
        return blocks;
    }

    static JsonObject writeUsage(Usage usage) {
        JsonObject json = new JsonObject();
        json.addProperty("input", usage.input());
        json.addProperty("output", usage.output());
        if (usage.cacheRead() > 0) {
            json.addProperty("cache_read", usage.cacheRead());
        }
        if (usage.cacheWrite() > 0) {
            json.addProperty("cache_write", usage.cacheWrite());
        }
        return json;
    }

    static Entry read(JsonObject json) {
        try {
            if (json.has("role")) {
                return readMessage(json);
            }
            return readTyped(json);
        } catch (IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | UnsupportedOperationException
                | DateTimeException
                | NullPointerException e) {
            return new Entry.Unknown(json);
        }
    }

    private static Entry readTyped(JsonObject json) {
        String type = text(json, TYPE).orElse("");
        return switch (type) {
            case "reply" ->
                new Entry.ReplyStarted(
                        required(json, "id"),
                        required(json, "parent"),
                        text(json, "model").orElse(""),
                        text(json, "replaces"),
                        timestamp(json));
            case "delta" ->
                new Entry.Delta(
                        required(json, "id"),
                        json.get("block").getAsInt(),
                        Block.Kind.valueOf(text(json, "kind").orElse("text").toUpperCase(Locale.ROOT)),
                        json.get("at").getAsInt(),
                        required(json, "text"));
            case "queued" ->
                new Entry.Queued(
                        required(json, "id"), required(json, "content"), timestamp(json), text(json, "send_key"));
            case "title" -> new Entry.Title(required(json, "title"), timestamp(json));
            case "head" -> json.has("id") ? new Entry.Head(text(json, "id"), timestamp(json)) : new Entry.Unknown(json);
            case "paused" -> new Entry.Paused(timestamp(json));
            case "resumed" -> new Entry.Resumed(timestamp(json));
            case "deleted" -> new Entry.Deleted(timestamp(json));
            case "restored" -> new Entry.Restored(timestamp(json));
            case OverlayJson.WINDOW -> OverlayJson.window(json);
            case OverlayJson.SUMMARY -> OverlayJson.summary(json);
            case OverlayJson.PIN -> OverlayJson.pin(json);
            case TraceJson.TRACE -> TraceJson.read(json);
            case CHECKPOINT -> readCheckpoint(json);
            default -> new Entry.Unknown(json);
        };
    }

    private static Entry readCheckpoint(JsonObject json) {
        Map<String, Integer> placeholders = new HashMap<>();
        json.getAsJsonObject("placeholders")
                .entrySet()
                .forEach(kind -> placeholders.put(kind.getKey(), kind.getValue().getAsInt()));
        return new Entry.Checkpoint(
                required(json, "head"),
                text(json, "title"),
                required(json, "opening"),
                json.get("exchanges").getAsInt(),
                readUsage(json.getAsJsonObject("usage")),
                readSpent(json),
                json.get("highest_id").getAsInt(),
                OverlayJson.read(json),
                placeholders,
                json.has("branches") ? readBranches(json.getAsJsonObject("branches")) : Map.of(),
                Instant.parse(required(json, "active")),
                timestamp(json));
    }

    /** A checkpoint of an earlier version has no more than what the active path used, of whichever model. */
    private static Spent readSpent(JsonObject json) {
        if (!json.has("spent")) {
            return Spent.NOTHING.plus("", readUsage(json.getAsJsonObject("usage")));
        }
        Map<String, Usage> spent = new HashMap<>();
        json.getAsJsonObject("spent")
                .entrySet()
                .forEach(model ->
                        spent.put(model.getKey(), readUsage(model.getValue().getAsJsonObject())));
        return new Spent(spent);
    }

    private static Entry readMessage(JsonObject json) {
        Optional<Role> role = Role.parse(required(json, "role"));
        if (role.isEmpty()) {
            return new Entry.Unknown(json);
        }
        return new Message(
                required(json, "id"),
                text(json, "parent"),
                role.get(),
                readContent(json.get("content")),
                timestamp(json),
                text(json, "send_key"),
                text(json, "model"),
                json.get("usage") instanceof JsonObject usage ? readUsage(usage) : Usage.NONE,
                text(json, "stop").flatMap(Stop::parse).orElse(Stop.COMPLETE),
                text(json, "cause"));
    }

    private static List<Block> readContent(JsonElement content) {
        if (content == null || content.isJsonNull()) {
            return List.of();
        }
        if (content.isJsonPrimitive()) {
            return List.of(new Block.Text(content.getAsString()));
        }
        List<Block> blocks = new ArrayList<>();
        for (JsonElement element : content.getAsJsonArray()) {
            JsonObject json = element.getAsJsonObject();
            String type = text(json, "type").orElse("");
            if (type.equals("text")) {
                blocks.add(new Block.Text(required(json, "text")));
            } else if (type.equals("thinking")) {
                blocks.add(new Block.Thinking(
                        required(json, "thinking"), text(json, "signature").orElse("")));
            } else {
                blocks.add(new Block.Other(json));
            }
        }
        return blocks;
    }

    static Usage readUsage(JsonObject json) {
        return new Usage(
                count(json, "input"), count(json, "output"), count(json, "cache_read"), count(json, "cache_write"));
    }

    static long count(JsonObject json, String name) {
        return json.has(name) ? json.get(name).getAsLong() : 0;
    }

    static Instant timestamp(JsonObject json) {
        return text(json, "timestamp").map(Instant::parse).orElse(Instant.EPOCH);
    }

    static String required(JsonObject json, String name) {
        return json.get(name).getAsJsonPrimitive().getAsString();
    }

    static Optional<String> text(JsonObject json, String name) {
        JsonElement element = json.get(name);
        return element == null || element.isJsonNull()
                ? Optional.empty()
                : Optional.of(element.getAsJsonPrimitive().getAsString());
    }
}
