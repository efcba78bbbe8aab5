package dev.holdfast.window;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.util.Optional;

/** Reads what matters here of blocks that this version keeps as they are. */
final class Blocks {
    private Blocks() {}

    static boolean hasType(Block block, String type) {
        return field(block, "type").filter(type::equals).isPresent();
    }

    /** Whether a model wants a tool used: {@code tool_use} as Anthropic says it, or an element of OpenAI's {@code tool_calls}. */
    static boolean isCall(Block block) {
        return hasType(block, "tool_use")
                || block instanceof Block.Other other && other.json().get("function") instanceof JsonObject;
    }

    /** Whether a block tells what came of a call: Anthropic's form. OpenAI's is a message of the role {@code tool}. */
    static boolean isResult(Block block) {
        return hasType(block, "tool_result");
    }

    static boolean hasResult(Message message) {
        return message.role() == Role.TOOL || message.content().stream().anyMatch(Blocks::isResult);
    }

    static boolean isOfTool(Block block) {
        return isCall(block) || isResult(block);
    }

    /** Whether providers take a message for the sake of this block. */
    static boolean counts(Block block) {
        return block instanceof Block.Text text ? !text.text().isBlank() : block instanceof Block.Other;
    }

    static boolean saysSomething(Message message) {
        return message.content().stream().anyMatch(Blocks::counts);
    }

    /** Whether it says something besides calls and results. */
    static boolean hasWords(Message message) {
        return message.content().stream().anyMatch(block -> counts(block) && !isOfTool(block));
    }

    /** A field that is a string or a number. */
    static Optional<String> field(Block block, String name) {
        if (!(block instanceof Block.Other other)) {
            return Optional.empty();
        }
        JsonElement found = other.json().get(name);
        return found != null && found.isJsonPrimitive() ? Optional.of(found.getAsString()) : Optional.empty();
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
