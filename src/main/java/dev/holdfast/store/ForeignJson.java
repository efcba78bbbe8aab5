package dev.holdfast.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the JSON of other programs has in common. Nothing here fails: what has another type than expected is not there. */
final class ForeignJson {
    private ForeignJson() {}

    /** A string with something in it. */
    static Optional<String> text(JsonObject json, String name) {
        return json.get(name) instanceof JsonPrimitive primitive
                        && primitive.isString()
                        && !primitive.getAsString().isEmpty()
                ? Optional.of(primitive.getAsString())
                : Optional.empty();
    }

    /** A string with something in it, or a number as one: what names something. */
    static Optional<String> name(JsonObject json, String name) {
        return json.get(name) instanceof JsonPrimitive primitive && primitive.isNumber()
                ? Optional.of(primitive.getAsString())
                : text(json, name);
    }

    /** The field as an object; a new one without fields if it is none. */
    static JsonObject object(JsonObject json, String name) {
        return json.get(name) instanceof JsonObject object ? object : new JsonObject();
    }

    /** Whether the field is {@code true}. */
    static boolean isTrue(JsonObject json, String name) {
        return new JsonPrimitive(true).equals(json.get(name));
    }

    /** Who speaks, by the words of all the providers. */
    static Optional<Role> role(JsonObject json) {
        return text(json, "role").flatMap(word -> switch (word) {
            case "developer" -> Optional.of(Role.SYSTEM);
            case "function" -> Optional.of(Role.TOOL);
            default -> Role.parse(word);
        });
    }

    /** A message's content: a string, a list of blocks or strings, a block, or null. */
    static List<Block> content(JsonElement content) {
        List<Block> blocks = new ArrayList<>();
        if (content instanceof JsonArray array) {
            array.forEach(element -> addBlock(element, blocks));
        } else {
            addBlock(content, blocks);
        }
        return blocks;
    }

    private static void addBlock(JsonElement element, List<Block> blocks) {
        if (element instanceof JsonObject json) {
            blocks.add(block(json));
        } else if (element instanceof JsonPrimitive text) {
            blocks.add(new Block.Text(text.getAsString()));
        }
    }

    private static Block block(JsonObject json) {
        String type = text(json, "type").orElse("");
        boolean isText = type.equals("text") || type.equals("input_text") || type.equals("output_text");
        if (isText && isString(json.get("text"))) {
            return new Block.Text(json.get("text").getAsString());
        }
        if (type.equals("thinking") && isString(json.get("thinking"))) {
            return new Block.Thinking(
                    json.get("thinking").getAsString(), text(json, "signature").orElse(""));
        }
        return new Block.Other(json);
    }

    private static boolean isString(JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isString();
    }

    /** Whether blocks say everything that {@code content} says. */
    static boolean sayAll(List<Block> blocks, JsonElement content) {
        return content != null && EntryJson.writeContent(blocks).equals(content);
    }
}
