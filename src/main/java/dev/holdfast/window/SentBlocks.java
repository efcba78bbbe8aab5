package dev.holdfast.window;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.util.Optional;

/** Tells what blocks are for a provider. */
final class SentBlocks {
    private SentBlocks() {}

    /** Whether a model wants a tool used: {@code tool_use} as Anthropic says it, or an element of OpenAI's {@code tool_calls}. */
    static boolean isCall(Block block) {
        return Blocks.hasType(block, "tool_use")
                || block instanceof Block.Other other && other.json().get("function") instanceof JsonObject;
    }

    /** Whether a block tells what came of a call: Anthropic's form. OpenAI's is a message of the role {@code tool}. */
    static boolean isResult(Block block) {
        return Blocks.hasType(block, "tool_result");
    }

    static boolean isOfTool(Block block) {
        return isCall(block) || isResult(block);
    }

    /** Whether providers take a message for the sake of this block. */
    static boolean counts(Block block) {
        return block instanceof Block.Text text ? !text.text().isBlank() : block instanceof Block.Other;
    }

    static boolean saysSomething(Message message) {
        return message.content().stream().anyMatch(SentBlocks::counts);
    }

    /** Whether it says something besides calls and results. */
    static boolean hasWords(Message message) {
        return message.content().stream().anyMatch(block -> counts(block) && !isOfTool(block));
    }

    /** Whether it begins a turn: these are a person's words, and no result. */
    static boolean beginsTurn(Message message) {
        return message.role() == Role.USER
                && hasWords(message)
                && message.content().stream().noneMatch(SentBlocks::isResult);
    }

    /** Whether all of it is one result, in OpenAI's form. */
    static boolean isResultMessage(Message message) {
        return message.role() == Role.TOOL && message.content().stream().noneMatch(SentBlocks::isResult);
    }

    /** A field that is a string or a number. */
    static Optional<String> field(Block block, String name) {
        JsonElement found = block instanceof Block.Other other ? other.json().get(name) : null;
        return found != null && found.isJsonPrimitive() ? Optional.of(found.getAsString()) : Optional.empty();
    }
}
