package dev.holdfast.lifecycle;

/** A mail could not be sent. The message is a sentence for the person who asked for it. */
public final class MailNotSentException extends RuntimeException {
    private final boolean addressRefused;

    MailNotSentException(String sentence, boolean addressRefused) {
        super(sentence);
        this.addressRefused = addressRefused;
    }

    /** Whether another address would do; else the mail server is at fault. */
    public boolean addressRefused() {
        return addressRefused;
    }
}
