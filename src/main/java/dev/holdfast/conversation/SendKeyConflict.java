package dev.holdfast.conversation;

/** A send key was used before for another message. */
public final class SendKeyConflict extends RuntimeException {
    public SendKeyConflict() {
        super("This send key has been used for another message. Send it again with a new one.");
    }
}
