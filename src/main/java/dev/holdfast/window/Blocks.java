package dev.holdfast.window;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.holdfast.conversation.Block;

/** Reads the blocks that this version keeps as they are. What has another type than expected is not there. */
final class Blocks {
    private Blocks() {}

    static boolean hasType(Block block, String type) {
        if (!(block instanceof Block.Other other)) {
            return false;
        }
        JsonElement found = other.json().get("type");
        return found != null && found.isJsonPrimitive() && found.getAsString().equals(type);
    }

    /** The field's words; "" if it is no string. */
    static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonPrimitive primitive && primitive.isString() ? primitive.getAsString() : "";
    }

    /** The field as an object; one without fields if it is none. */
    static JsonObject object(JsonObject json, String name) {
        return json.get(name) instanceof JsonObject object ? object : new JsonObject();
    }
}
