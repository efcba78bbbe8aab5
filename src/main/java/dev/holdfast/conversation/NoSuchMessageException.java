package dev.holdfast.conversation;

/** The conversation has no such message, or none with which that can be done. Nothing was changed. */
public final class NoSuchMessageException extends RuntimeException {
    public NoSuchMessageException() {
        super("This conversation has no such message, or that cannot be done with it. Nothing was changed.");
    }
}
