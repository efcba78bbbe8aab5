package dev.holdfast.conversation;

import com.google.gson.JsonElement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A call to a model, as a conversation's file tells of it, without what was said.
 *
 * @param id of the reply or the summary that came of it
 * @param parent the message that was answered; of a summary, the last one that it covers
 * @param model empty if the file does not tell
 * @param usage {@link Usage#NONE} if not known
 * @param stop how it ended
 * @param tools names of the tools that the model called, in order
 * @param timestamp when it ended
 * @param trace how it came about; empty for a summary, and for what an earlier version wrote
 */
public record Call(
        String id,
        Kind kind,
        Optional<String> parent,
        Optional<String> model,
        Usage usage,
        Stop stop,
        List<String> tools,
        Instant timestamp,
        Optional<Entry.Trace> trace) {

    /** What a model is asked for. */
    public enum Kind {
        REPLY,
        SUMMARY
    }

    public Call {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(stop, "stop");
        tools = List.copyOf(tools);
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(trace, "trace");
    }

    /** What a model answered. */
    public static Call of(Message reply) {
        return new Call(
                reply.id(),
                Kind.REPLY,
                reply.parent(),
                reply.model(),
                reply.usage(),
                reply.stop(),
                reply.content().stream().flatMap(block -> tool(block).stream()).toList(),
                reply.timestamp(),
                Optional.empty());
    }

    private static Optional<String> tool(Block block) {
        return block instanceof Block.Other other
                        && "tool_use".equals(text(other, "type"))
                        && !text(other, "name").isEmpty()
                ? Optional.of(text(other, "name"))
                : Optional.empty();
    }

    private static String text(Block.Other block, String field) {
        JsonElement value = block.json().get(field);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    /** What a model made of messages; not of one that was put together of their sentences. */
    public static Call of(Entry.Summary summary) {
        return new Call(
                summary.id(),
                Kind.SUMMARY,
                Optional.of(summary.to()),
                summary.model(),
                summary.usage(),
                Stop.COMPLETE,
                List.of(),
                summary.timestamp(),
                Optional.empty());
    }

    /** A call of which no reply is left. */
    public static Call of(Entry.Trace trace) {
        return new Call(
                trace.id(),
                Kind.REPLY,
                Optional.of(trace.to()),
                Optional.of(trace.model()),
                Usage.NONE,
                Stop.INTERRUPTED,
                List.of(),
                trace.timestamp().plusMillis(trace.millis()),
                Optional.of(trace));
    }

    /** The same, of which is known how it came about. */
    public Call with(Entry.Trace how) {
        return new Call(id, kind, parent, model, usage, stop, tools, timestamp, Optional.of(how));
    }

    /** When the model was asked, as far as that is known; else when it had ended. */
    public Instant asked() {
        return trace.map(Entry.Trace::timestamp).orElse(timestamp);
    }
}
