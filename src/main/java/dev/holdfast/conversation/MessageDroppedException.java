package dev.holdfast.conversation;

/** A redaction of the operator's own let nothing of a message through. Nothing was said. */
public final class MessageDroppedException extends RuntimeException {
    public MessageDroppedException() {
        super("The rules of this server let no part of this message through. Nothing was saved or sent.");
    }
}
