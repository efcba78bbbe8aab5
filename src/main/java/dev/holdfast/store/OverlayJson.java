package dev.holdfast.store;

import static dev.holdfast.store.EntryJson.ids;
import static dev.holdfast.store.EntryJson.readIds;
import static dev.holdfast.store.EntryJson.readUsage;
import static dev.holdfast.store.EntryJson.required;
import static dev.holdfast.store.EntryJson.stamped;
import static dev.holdfast.store.EntryJson.text;
import static dev.holdfast.store.EntryJson.timestamp;
import static dev.holdfast.store.EntryJson.typed;
import static dev.holdfast.store.EntryJson.writeUsage;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Overlay;
import dev.holdfast.conversation.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The written form of what lies over the messages: cuts, summaries and pins, each a line of its own and all of them part
 * of a checkpoint. See {@link EntryJson}.
 */
final class OverlayJson {
    static final String WINDOW = "window";
    static final String SUMMARY = "summary";
    static final String PIN = "pin";

    private static final String SUMMARIES = "summaries";
    private static final String PINNED = "pinned";

    private OverlayJson() {}

    static JsonObject write(Entry.Window window) {
        JsonObject json = typed(WINDOW);
        json.addProperty("from", window.from());
        if (!window.kept().isEmpty()) {
            json.add("kept", ids(window.kept()));
        }
        window.summary().ifPresent(id -> json.addProperty("summary", id));
        if (window.leftOut() > 0) {
            json.addProperty("left_out", window.leftOut());
        }
        return stamped(json, window.timestamp());
    }

    static Entry.Window window(JsonObject json) {
        return new Entry.Window(
                required(json, "from"),
                json.has("kept") ? readIds(json.get("kept")) : List.of(),
                text(json, "summary"),
                EntryJson.count(json, "left_out"),
                timestamp(json));
    }

    static JsonObject write(Entry.Summary summary) {
        JsonObject json = typed(SUMMARY);
        json.addProperty("id", summary.id());
        json.addProperty("from", summary.from());
        json.addProperty("to", summary.to());
        json.addProperty("text", summary.text());
        summary.model().ifPresent(model -> json.addProperty("model", model));
        if (!summary.usage().equals(Usage.NONE)) {
            json.add("usage", writeUsage(summary.usage()));
        }
        return stamped(json, summary.timestamp());
    }

    static Entry.Summary summary(JsonObject json) {
        return new Entry.Summary(
                required(json, "id"),
                required(json, "from"),
                required(json, "to"),
                required(json, "text"),
                text(json, "model"),
                json.has("usage") ? readUsage(json.getAsJsonObject("usage")) : Usage.NONE,
                timestamp(json));
    }

    static JsonObject write(Entry.Pin pin) {
        JsonObject json = typed(PIN);
        json.addProperty("id", pin.id());
        json.addProperty(PINNED, pin.pinned());
        return stamped(json, pin.timestamp());
    }

    static Entry.Pin pin(JsonObject json) {
        return new Entry.Pin(
                required(json, "id"), json.getAsJsonPrimitive(PINNED).getAsBoolean(), timestamp(json));
    }

    /** As part of a checkpoint. */
    static void write(Overlay overlay, JsonObject checkpoint) {
        overlay.window().ifPresent(window -> checkpoint.add(WINDOW, write(window)));
        if (!overlay.summaries().isEmpty()) {
            JsonArray summaries = new JsonArray();
            overlay.summaries().forEach(summary -> summaries.add(write(summary)));
            checkpoint.add(SUMMARIES, summaries);
        }
        if (!overlay.pinned().isEmpty()) {
            checkpoint.add(PINNED, ids(overlay.pinned()));
        }
    }

    /** Of a checkpoint; in those of an earlier version the window is no more than the id of its first message. */
    static Overlay read(JsonObject checkpoint) {
        List<Entry.Summary> summaries = new ArrayList<>();
        if (checkpoint.has(SUMMARIES)) {
            for (JsonElement summary : checkpoint.getAsJsonArray(SUMMARIES)) {
                summaries.add(summary(summary.getAsJsonObject()));
            }
        }
        return new Overlay(
                Optional.ofNullable(checkpoint.get(WINDOW))
                        .map(window -> window.isJsonPrimitive()
                                ? new Entry.Window(window.getAsString(), timestamp(checkpoint))
                                : window(window.getAsJsonObject())),
                summaries,
                checkpoint.has(PINNED) ? readIds(checkpoint.get(PINNED)) : List.of());
    }
}
