package dev.holdfast.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;

/**
 * Reads providers' JSON: strict about syntax, forgiving about fields. A field that is missing, null or of another type
 * reads as empty, so a provider may add and leave out what it likes.
 */
final class Json {
    /** Not {@link Strictness#STRICT}: a provider may send half of a surrogate pair, and the other half with the next piece. */
    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.LEGACY_STRICT).create();

    private Json() {}

    /** @throws MalformedReplyException if {@code text} is no JSON object */
    static JsonObject object(String text) {
        try {
            JsonObject object = GSON.fromJson(text, JsonObject.class);
            if (object == null) {
                throw new MalformedReplyException();
            }
            return object;
        } catch (JsonParseException e) {
            throw new MalformedReplyException();
        }
    }

    /** The object in that field, an empty one if there is none. */
    static JsonObject object(JsonObject parent, String field) {
        return parent.get(field) instanceof JsonObject child ? child : new JsonObject();
    }

    /** The first object of the array in that field, an empty one if there is none. */
    static JsonObject first(JsonObject parent, String field) {
        JsonElement element = parent.get(field);
        return element != null
                        && element.isJsonArray()
                        && !element.getAsJsonArray().isEmpty()
                        && element.getAsJsonArray().get(0) instanceof JsonObject child
                ? child
                : new JsonObject();
    }

    /** The string in that field, "" if there is none. */
    static String text(JsonObject parent, String field) {
        JsonElement element = parent.get(field);
        return element != null
                        && element.isJsonPrimitive()
                        && element.getAsJsonPrimitive().isString()
                ? element.getAsString()
                : "";
    }

    /** Whether that field is {@code true}. */
    static boolean isTrue(JsonObject parent, String field) {
        return new JsonPrimitive(true).equals(parent.get(field));
    }

    /** The whole number in that field, {@code otherwise} if there is none. Negative counts read as 0. */
    static long count(JsonObject parent, String field, long otherwise) {
        JsonElement element = parent.get(field);
        return element != null
                        && element.isJsonPrimitive()
                        && element.getAsJsonPrimitive().isNumber()
                ? Math.max(0, element.getAsNumber().longValue())
                : otherwise;
    }
}
