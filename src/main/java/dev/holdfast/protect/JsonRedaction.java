package dev.holdfast.protect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Redacts the strings of a content block that only its maker understands: a tool's input, its result, a document. A string
 * whose name makes a secret of it ({@code "password": "…"}) is one as a whole.
 *
 * <p>Left as they are: images, sound and thoughts that the provider has encrypted, and in any block the names that point to or
 * describe something ({@link #KEPT_NAMES}), encoded bytes among them.
 */
final class JsonRedaction {
    private static final Set<String> KEPT_TYPES = Set.of("image", "image_url", "input_audio", "redacted_thinking");
    private static final Set<String> KEPT_NAMES =
            Set.of("type", "id", "tool_use_id", "tool_call_id", "signature", "media_type", "name", "encrypted_content");

    private final Redactor redactor;

    JsonRedaction(Redactor redactor) {
        this.redactor = redactor;
    }

    JsonObject redact(JsonObject object) {
        String type = text(object, "type");
        if (KEPT_TYPES.contains(type)) {
            return object;
        }
        // Bytes in base64 stand in "data"; a document of plain text has its words there.
        boolean keepsData = !type.equals("text") && object.has("media_type");
        JsonObject redacted = new JsonObject();
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            String name = member.getKey();
            boolean kept = KEPT_NAMES.contains(name) || keepsData && name.equals("data");
            redacted.add(
                    name,
                    kept && member.getValue().isJsonPrimitive() ? member.getValue() : redact(name, member.getValue()));
        }
        return redacted;
    }

    private JsonElement redact(String name, JsonElement value) {
        if (value.isJsonObject()) {
            return redact(value.getAsJsonObject());
        }
        if (value.isJsonArray()) {
            JsonArray redacted = new JsonArray();
            value.getAsJsonArray().forEach(element -> redacted.add(redact(name, element)));
            return redacted;
        }
        boolean isText = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
        return isText ? new JsonPrimitive(redactMember(name, value.getAsString())) : value;
    }

    private String redactMember(String name, String value) {
        String redacted = redactor.redact(value);
        Optional<SecretKind> kind = PairShape.kindOfMember(name, value);
        return redacted.equals(value) && kind.isPresent() ? redactor.placeholder(kind.get(), value) : redacted;
    }

    private static String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
