package dev.holdfast.protect;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes secrets out of the texts of one conversation, before anything is numbered, shown, stored or sent: one text
 * everywhere. A secret is replaced by one of the {@link Placeholders}.
 *
 * <pre>
 *   a reply as it grows ──► {@link #stream} ─────────────► safe text, at once
 *   a whole message     ──► {@link #redact(Message)} ──► built-in kinds ──► the caller's {@link MessageFilter}, if any
 * </pre>
 *
 * <p>Ids, parents, roles, send keys, models, signatures and image data are never touched. A signed thought that held a secret
 * loses the secret and keeps its signature; a provider that checks signatures may refuse that block.
 *
 * <p>Thread-safe.
 */
public final class Redactor {
    private final RedactionRules rules;
    private final Optional<MessageFilter> filter;
    private final Placeholders placeholders;

    public Redactor(RedactionRules rules, Optional<MessageFilter> filter, Placeholders placeholders) {
        this.rules = Objects.requireNonNull(rules, "rules");
        this.filter = Objects.requireNonNull(filter, "filter");
        this.placeholders = Objects.requireNonNull(placeholders, "placeholders");
    }

    /** Whether a reply must be complete before any of it may be shown: only then can the caller's filter judge it. */
    public boolean needsWholeMessages() {
        return filter.isPresent();
    }

    /** For one text that arrives in pieces, such as a block of a reply. */
    public RedactingStream stream() {
        return new RedactingStream(rules, placeholders);
    }

    /** {@code text} without its secrets, as by a stream that gets it in one piece. */
    public String redact(String text) {
        RedactingStream stream = stream();
        String safe = stream.push(text);
        return safe + stream.finish();
    }

    /**
     * The message without its secrets; empty if the caller's filter drops it.
     *
     * @throws IllegalStateException if the filter gives a message of another id, parent or role
     */
    public Optional<Message> redact(Message message) {
        Message redacted = redactContent(message);
        return filter.isEmpty()
                ? Optional.of(redacted)
                : filter.get().filter(redacted).map(filtered -> sameMessage(redacted, filtered));
    }

    private Message redactContent(Message message) {
        List<Block> content = message.content().stream().map(this::redact).toList();
        return new Message(
                message.id(),
                message.parent(),
                message.role(),
                content,
                message.timestamp(),
                message.sendKey(),
                message.model(),
                message.usage(),
                message.stop(),
                message.cause().map(this::redact));
    }

    private Block redact(Block block) {
        if (block instanceof Block.Text text) {
            return new Block.Text(redact(text.text()));
        }
        if (block instanceof Block.Thinking thinking) {
            return new Block.Thinking(redact(thinking.text()), thinking.signature());
        }
        return new Block.Other(new JsonRedaction(this).redact(((Block.Other) block).json()));
    }

    private static Message sameMessage(Message before, Message after) {
        boolean same = before.id().equals(after.id())
                && before.parent().equals(after.parent())
                && before.role() == after.role();
        if (!same) {
            throw new IllegalStateException("the message filter changed id, parent or role of message " + before.id()
                    + ": expected only its content to change");
        }
        return after;
    }

    /** The placeholder of a text that is a secret as a whole. */
    String placeholder(SecretKind kind, String secret) {
        return rules.takes(kind.name()) ? placeholders.of(kind.name(), Scanner.hashOf(secret)) : secret;
    }
}
