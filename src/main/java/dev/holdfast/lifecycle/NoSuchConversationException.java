package dev.holdfast.lifecycle;

/** There is no such conversation, or it is someone else's: the asker cannot tell which. */
public final class NoSuchConversationException extends RuntimeException {
    public NoSuchConversationException() {
        super("There is no such conversation here, or it belongs to another browser.");
    }
}
