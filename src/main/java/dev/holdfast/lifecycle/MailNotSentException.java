package dev.holdfast.lifecycle;

import dev.holdfast.mail.MailAddress;

/** A mail could not be sent. The message is a sentence for the person who asked for it. */
public final class MailNotSentException extends RuntimeException {
    private final boolean addressRefused;

    MailNotSentException(String sentence, boolean addressRefused) {
        super(sentence);
        this.addressRefused = addressRefused;
    }

    /** The address that a person typed. @throws MailNotSentException if it is none */
    static MailAddress address(String typed) {
        try {
            return new MailAddress(typed);
        } catch (IllegalArgumentException e) {
            throw new MailNotSentException(e.getMessage(), true);
        }
    }

    /** Whether another address would do; else the mail server is at fault. */
    public boolean addressRefused() {
        return addressRefused;
    }
}
