package dev.holdfast.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import dev.holdfast.store.ReadMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A message as one line for a terminal: {@code role: text}, and in brackets what is no text. */
final class MessageLine {
    /** Stands where the line was broken. */
    private static final String BREAK = "⏎";

    private static final Pattern BREAKS = Pattern.compile("\r\n|[\n\r\u000b\f\u0085\u2028\u2029]");

    /** Most characters of a tool's result that are shown. */
    private static final int MOST_OF_RESULT = 60;

    private MessageLine() {}

    static String of(ReadMessage read) {
        Message message = read.message();
        List<String> parts = new ArrayList<>();
        for (Block block : message.content()) {
            parts.add(shown(block));
        }
        if (read.fields().get("media") instanceof JsonArray media && !media.isEmpty()) {
            parts.add(media.size() == 1 ? "[1 file]" : "[" + media.size() + " files]");
        }
        if (message.stop() == Stop.FAILED) {
            parts.add("[failed" + message.cause().map(cause -> ": " + cause).orElse("") + "]");
        } else if (message.stop() != Stop.COMPLETE) {
            parts.add("[" + message.stop().wire() + "]");
        }
        if (new JsonPrimitive("queued").equals(read.fields().get("state"))) {
            parts.add("[queued]");
        }
        return oneLine(message.role().wire() + ": " + String.join(" ", parts));
    }

    /** Text on one line, without control characters. */
    static String oneLine(String text) {
        return Terminals.plain(BREAKS.matcher(text).replaceAll(BREAK));
    }

    private static String shown(Block block) {
        if (block instanceof Block.Text text) {
            return text.text();
        }
        return block instanceof Block.Thinking ? "[thinking]" : summary(((Block.Other) block).json());
    }

    /** In the words of all the providers. */
    private static String summary(JsonObject block) {
        String type = text(block.get("type"));
        if (type.equals("function") && block.get("function") instanceof JsonObject function) {
            return "[calls " + text(function.get("name")) + "]";
        }
        if (type.endsWith("tool_use") || type.endsWith("_call")) {
            return block.has("name") ? "[calls " + text(block.get("name")) + "]" : "[" + type.replace('_', ' ') + "]";
        }
        if (type.endsWith("tool_result")) {
            boolean failed = new JsonPrimitive(true).equals(block.get("is_error"));
            return "[" + (failed ? "error: " : "result: ") + cut(textOf(block.get("content"))) + "]";
        }
        return switch (type) {
            case "image", "image_url", "input_image" -> "[image]";
            case "document", "file", "input_file" -> "[document]";
            case "input_audio", "audio" -> "[audio]";
            case "reasoning", "redacted_thinking" -> "[thinking]";
            case "" -> "[something]";
            default -> "[" + cut(type) + "]";
        };
    }

    private static String text(JsonElement element) {
        return element instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
    }

    private static String textOf(JsonElement content) {
        if (!(content instanceof JsonArray array)) {
            return text(content);
        }
        List<String> parts = new ArrayList<>();
        for (JsonElement element : array) {
            parts.add(
                    element instanceof JsonObject block
                            ? block.has("text") ? text(block.get("text")) : summary(block)
                            : text(element));
        }
        return String.join(" ", parts);
    }

    private static String cut(String text) {
        int[] first = text.codePoints().limit(MOST_OF_RESULT + 1L).toArray();
        return first.length <= MOST_OF_RESULT ? text : new String(first, 0, MOST_OF_RESULT) + "…";
    }
}
