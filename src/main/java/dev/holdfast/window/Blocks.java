package dev.holdfast.window;

import com.google.gson.JsonElement;
import dev.holdfast.conversation.Block;

/** Reads the type of blocks that this version keeps as they are. */
final class Blocks {
    private Blocks() {}

    static boolean hasType(Block block, String type) {
        if (!(block instanceof Block.Other other)) {
            return false;
        }
        JsonElement found = other.json().get("type");
        return found != null && found.isJsonPrimitive() && found.getAsString().equals(type);
    }
}
