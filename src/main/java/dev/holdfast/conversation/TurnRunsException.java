package dev.holdfast.conversation;

/** Something cannot be done while a reply is being written or a message waits for its turn. Nothing was changed. */
public final class TurnRunsException extends RuntimeException {
    public TurnRunsException() {
        super("A reply is being written. Stop it, or wait until it is complete, then try again. Nothing was changed.");
    }
}
