package dev.holdfast.lifecycle;

/** A resume link was mailed to somebody else than who is signed in. The message is a sentence for them. */
public final class OtherRecipientException extends RuntimeException {
    OtherRecipientException() {
        super(
                "This link was mailed to another address than the one that you are signed in with. Sign out, then in again"
                        + " with that address; the link still works.");
    }
}
