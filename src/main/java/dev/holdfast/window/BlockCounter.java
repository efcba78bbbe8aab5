package dev.holdfast.window;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;

/**
 * What a message's blocks cost, each on its own, so that a message costs the sum of them. How a text is counted and what
 * an image costs are handed in; the rest is the same for every model:
 *
 * <ul>
 *   <li>A call of a tool costs its name, its arguments and {@value #PER_CALL} tokens for id and frame: Anthropic's {@code
 *       tool_use}, an element of OpenAI's {@code tool_calls}, Codex' {@code function_call} and {@code custom_tool_call}.
 *       Arguments that are a string are counted as the model wrote them, not as JSON quotes them.
 *   <li>A {@code tool_result} costs its content, a string or blocks, and as much for its frame. OpenAI's {@code tool}
 *       messages have text, which is counted as such.
 *   <li>Images and documents cost what {@link ImageCost} and {@link DocumentCost} say; the bytes in them are no text.
 *   <li>Any other block costs its JSON as text, bytes in it ({@link Bytes}) as a document of their size.
 * </ul>
 */
record BlockCounter(TextCounter text, ImageCost images) {
    private static final int PER_CALL = 8;

    /** @param perMessage tokens for role and borders */
    int count(Message message, int perMessage) {
        long tokens = perMessage;
        for (Block block : message.content()) {
            tokens += count(block);
        }
        return (int) Math.min(Integer.MAX_VALUE, tokens);
    }

    private long count(Block block) {
        if (block instanceof Block.Text words) {
            return text.count(words.text());
        }
        if (block instanceof Block.Thinking thinking) {
            return text.count(thinking.text()) + text.count(thinking.signature());
        }
        return count(((Block.Other) block).json());
    }

    private long count(JsonObject json) {
        return switch (Blocks.text(json, "type")) {
            case "image", "image_url", "input_image" -> images.of(json);
            case "document", "file", "input_file" -> document(json);
            case "tool_use", "custom_tool_call" -> call(json, json.get("input"));
            case "function_call" -> call(json, json.get("arguments"));
            case "tool_result" -> PER_CALL + content(json.get("content"));
            default -> other(json);
        };
    }

    private long other(JsonObject json) {
        if (json.get("function") instanceof JsonObject function) {
            return call(function, function.get("arguments"));
        }
        String words = Blocks.text(json, "text");
        return Blocks.text(json, "type").endsWith("text") && !words.isEmpty() ? text.count(words) : value(json);
    }

    private long call(JsonObject named, JsonElement arguments) {
        return PER_CALL + text.count(Blocks.text(named, "name")) + plain(arguments);
    }

    private long plain(JsonElement arguments) {
        if (arguments == null) {
            return 0;
        }
        boolean quoted = arguments instanceof JsonPrimitive primitive && primitive.isString();
        return text.count(quoted ? arguments.getAsString() : arguments.toString());
    }

    /** A string, or a list of blocks and strings. */
    private long content(JsonElement content) {
        if (content instanceof JsonArray array) {
            long tokens = 0;
            for (JsonElement element : array) {
                tokens += content(element);
            }
            return tokens;
        }
        return content instanceof JsonObject block ? count(block) : plain(content);
    }

    /** A document that is given as text or as blocks costs these. */
    private long document(JsonObject json) {
        JsonObject source = Blocks.object(json, "source");
        long tokens = text.count(Blocks.text(json, "title")) + text.count(Blocks.text(json, "context"));
        return tokens
                + switch (Blocks.text(source, "type")) {
                    case "text" -> text.count(Blocks.text(source, "data"));
                    case "content" -> content(source.get("content"));
                    default -> DocumentCost.of(json);
                };
    }

    private long value(JsonObject json) {
        Bytes bytes = new Bytes();
        String words = bytes.leftOut(json).toString();
        return text.count(words) + bytes.sizes().map(DocumentCost::ofSize).sum();
    }
}
