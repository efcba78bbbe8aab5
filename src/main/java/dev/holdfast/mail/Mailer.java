package dev.holdfast.mail;

/** Gets mails out. Thread-safe. */
public interface Mailer {

    /**
     * Hands the mail over to whoever delivers it. Blocks, for up to a minute if the other side is slow: call it on an
     * executor of your own.
     *
     * @throws MailException if it was not taken over; nothing says that it was not delivered if the connection broke at
     *     the very end
     */
    void send(Mail mail) throws MailException;

    /** Whether mails are on their way to people, rather than only kept on this machine. */
    default boolean delivers() {
        return true;
    }
}
