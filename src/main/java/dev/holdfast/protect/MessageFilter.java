package dev.holdfast.protect;

import dev.holdfast.conversation.Message;
import java.util.Optional;

/**
 * A caller's own redaction, which sees whole messages. Replies appear only when complete while there is one.
 *
 * <p>The program uses the one that its class path names as a service ({@code META-INF/services}, see {@link
 * java.util.ServiceLoader}).
 *
 * <p>Called from any thread, also from several at once.
 */
@FunctionalInterface
public interface MessageFilter {
    /**
     * The message as it may be kept and shown; empty drops it. Its secrets have been taken out already, so that no filter
     * sees one. Id, parent and role must stay as they are.
     */
    Optional<Message> filter(Message message);
}
