package dev.holdfast.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody said: immutable, never removed, never changed. History is a tree of these.
 *
 * @param id unique in its conversation
 * @param parent the message before it; empty at the root
 * @param content in order; a plain string in the file is one {@link Block.Text}
 * @param timestamp when it was said or completed; the epoch if a foreign file does not tell
 * @param sendKey the client's id of the request that brought it, if it gave one
 * @param model which model answered; empty for people
 * @param usage {@link Usage#NONE} if not known; an estimate if {@code stop} says that the reply ended before its end
 * @param stop {@link Stop#COMPLETE} for people
 * @param cause a plain sentence, when {@code stop} is {@link Stop#FAILED}
 */
public record Message(
        String id,
        Optional<String> parent,
        Role role,
        List<Block> content,
        Instant timestamp,
        Optional<String> sendKey,
        Optional<String> model,
        Usage usage,
        Stop stop,
        Optional<String> cause)
        implements Entry {

    public Message {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(role, "role");
        content = List.copyOf(content);
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(sendKey, "sendKey");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(stop, "stop");
        Objects.requireNonNull(cause, "cause");
    }

    /** A person's words. */
    public static Message user(
            String id, Optional<String> parent, String text, Instant timestamp, Optional<String> sendKey) {
        return new Message(
                id,
                parent,
                Role.USER,
                List.of(new Block.Text(text)),
                timestamp,
                sendKey,
                Optional.empty(),
                Usage.NONE,
                Stop.COMPLETE,
                Optional.empty());
    }

    /** A model's reply, however it ended. */
    public static Message reply(
            ReplyStarted start, List<Block> content, Instant timestamp, Usage usage, Stop stop, String cause) {
        return new Message(
                start.id(),
                Optional.of(start.parent()),
                Role.ASSISTANT,
                content,
                timestamp,
                Optional.empty(),
                Optional.of(start.model()),
                usage,
                stop,
                Optional.ofNullable(cause));
    }

    /** The same message with other content. */
    public Message withContent(List<Block> other) {
        return new Message(id, parent, role, other, timestamp, sendKey, model, usage, stop, cause);
    }

    /** The same message with other usage. */
    public Message withUsage(Usage other) {
        return new Message(id, parent, role, content, timestamp, sendKey, model, other, stop, cause);
    }

    /** The words for the reader: all text blocks, a blank line between them; no thinking. */
    public String text() {
        return content.stream()
                .filter(Block.Text.class::isInstance)
                .map(block -> ((Block.Text) block).text())
                .collect(Collectors.joining("\n\n"));
    }
}
