package dev.holdfast.store;

import static dev.holdfast.store.EntryJson.count;
import static dev.holdfast.store.EntryJson.ids;
import static dev.holdfast.store.EntryJson.readIds;
import static dev.holdfast.store.EntryJson.required;
import static dev.holdfast.store.EntryJson.stamped;
import static dev.holdfast.store.EntryJson.text;
import static dev.holdfast.store.EntryJson.timestamp;
import static dev.holdfast.store.EntryJson.typed;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Entry;
import java.util.List;
import java.util.Optional;

/** The written form of a {@link Entry.Trace}. See {@link EntryJson}. */
final class TraceJson {
    static final String TRACE = "trace";

    private TraceJson() {}

    static JsonObject write(Entry.Trace trace) {
        JsonObject json = typed(TRACE);
        json.addProperty("id", trace.id());
        json.addProperty("model", trace.model());
        if (!trace.begin().kept().isEmpty()) {
            json.add("kept", ids(trace.begin().kept()));
        }
        trace.begin().summary().ifPresent(summary -> json.addProperty("summary", summary));
        json.addProperty("from", trace.begin().from());
        json.addProperty("to", trace.to());
        json.addProperty("max_output", trace.maxOutput());
        json.addProperty("sha256", trace.sha256());
        json.addProperty("tokens", trace.tokens());
        json.addProperty("whole", trace.whole());
        trace.firstWord().ifPresent(millis -> json.addProperty("first_word_ms", millis));
        json.addProperty("ms", trace.millis());
        return stamped(json, trace.timestamp());
    }

    static Entry.Trace read(JsonObject json) {
        return new Entry.Trace(
                required(json, "id"),
                required(json, "model"),
                new Entry.Trace.Begin(
                        required(json, "from"),
                        json.has("kept") ? readIds(json.get("kept")) : List.of(),
                        text(json, "summary")),
                required(json, "to"),
                json.get("max_output").getAsInt(),
                required(json, "sha256"),
                count(json, "tokens"),
                count(json, "whole"),
                json.has("first_word_ms") ? Optional.of(count(json, "first_word_ms")) : Optional.empty(),
                count(json, "ms"),
                timestamp(json));
    }
}
