package dev.holdfast.mail;

import java.util.Objects;

/**
 * A mail was not taken over. The message is a plain sentence that names the server, never an address, a password, or
 * what the mail says; there is no cause, since a mail library's exceptions quote all of these.
 */
public final class MailException extends Exception {
    private final Kind kind;
    private final boolean passing;

    /** What went wrong. */
    public enum Kind {
        RECIPIENT_REFUSED,
        /** User or password were not accepted, or would have had to be sent in clear. */
        LOGIN_REFUSED,
        /** No connection, or it broke. */
        UNREACHABLE,
        /** The server's certificate is not trusted, or encryption could not be agreed on. */
        NOT_SECURE,
        /** The server refused the sender or the mail. */
        MAIL_REFUSED,
        /** The mail could not be written to its folder. */
        NOT_WRITTEN
    }

    MailException(Kind kind, boolean passing, String sentence) {
        super(sentence);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.passing = passing;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same mail may get out when it is tried again later. */
    public boolean passing() {
        return passing;
    }
}
