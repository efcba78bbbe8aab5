package dev.holdfast.lifecycle;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Usage;
import dev.holdfast.window.Prices;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A call to a model, and what it cost.
 *
 * @param cost empty if the model's price is not known, or nothing was used
 */
public record PricedCall(Call call, Optional<Amount> cost) {
    public PricedCall {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(cost, "cost");
    }

    /** By these prices. */
    public static PricedCall of(Call call, Prices prices) {
        boolean used = !call.usage().equals(Usage.NONE);
        return new PricedCall(
                call,
                call.model()
                        .filter(model -> used)
                        .flatMap(model -> prices.cost(model, call.usage()))
                        .map(Amount::of));
    }

    /** For programs: all that is known of it, without words, headers or keys. What is not known is left out. */
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("id", call.id());
        json.addProperty("kind", call.kind().name().toLowerCase(Locale.ROOT));
        call.parent().ifPresent(parent -> json.addProperty("parent", parent));
        call.model().ifPresent(model -> json.addProperty("model", model));
        json.addProperty("asked", call.asked().toString());
        json.addProperty("stop", call.stop().wire());
        JsonObject usage = new JsonObject();
        usage.addProperty("input", call.usage().input());
        usage.addProperty("output", call.usage().output());
        usage.addProperty("cacheRead", call.usage().cacheRead());
        usage.addProperty("cacheWrite", call.usage().cacheWrite());
        json.add("usage", usage);
        cost.ifPresent(amount -> {
            json.addProperty("cost", amount.number());
            json.addProperty("currency", amount.currency());
        });
        json.add("tools", array(call.tools()));
        call.trace().ifPresent(trace -> add(json, trace));
        return json;
    }

    private static void add(JsonObject json, Entry.Trace trace) {
        trace.firstWord().ifPresent(millis -> json.addProperty("firstWordMs", millis));
        json.addProperty("ms", trace.millis());
        json.addProperty("tokens", trace.tokens());
        json.addProperty("whole", trace.whole());
        JsonObject sent = new JsonObject();
        sent.add("kept", array(trace.begin().kept()));
        trace.begin().summary().ifPresent(summary -> sent.addProperty("summary", summary));
        sent.addProperty("from", trace.begin().from());
        sent.addProperty("to", trace.to());
        sent.addProperty("maxOutput", trace.maxOutput());
        sent.addProperty("sha256", trace.sha256());
        json.add("sent", sent);
    }

    private static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray(texts.size());
        texts.forEach(array::add);
        return array;
    }
}
