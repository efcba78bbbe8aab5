package dev.holdfast.window;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The bytes in a block's JSON, which models take for a file and not for text: {@code data:…;base64,…} URLs, and strings
 * of at least {@value #LEAST} characters of Base64 in a field that providers use for files.
 */
final class Bytes {
    private static final int LEAST = 256;
    /** Longer than any media type with its parameters. */
    private static final int URL_HEAD = 256;

    private static final List<String> FIELDS = List.of("data", "file_data", "b64_json");

    private final List<Long> sizes = new ArrayList<>();

    /** A copy with empty strings in the place of bytes; {@link #sizes} has them from now on. */
    JsonElement leftOut(JsonElement json) {
        return leftOut("", json);
    }

    private JsonElement leftOut(String name, JsonElement json) {
        if (json instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.entrySet().forEach(field -> copy.add(field.getKey(), leftOut(field.getKey(), field.getValue())));
            return copy;
        }
        if (json instanceof JsonArray array) {
            JsonArray copy = new JsonArray(array.size());
            array.forEach(element -> copy.add(leftOut(name, element)));
            return copy;
        }
        if (json instanceof JsonPrimitive primitive && primitive.isString() && areBytes(name, json.getAsString())) {
            sizes.add(json.getAsString().length() * 3L / 4);
            return new JsonPrimitive("");
        }
        return json;
    }

    /** How many there are in each place, about. */
    LongStream sizes() {
        return sizes.stream().mapToLong(Long::longValue);
    }

    private static boolean areBytes(String name, String text) {
        if (text.startsWith("data:")) {
            return text.substring(0, Math.min(text.length(), URL_HEAD)).contains(";base64,");
        }
        return FIELDS.contains(name)
                && text.length() >= LEAST
                && text.chars().allMatch(c -> EstimatingCounter.isBase64(c) || c == '\n' || c == '\r');
    }
}
