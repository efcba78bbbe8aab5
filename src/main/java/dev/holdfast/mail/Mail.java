package dev.holdfast.mail;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * A mail to one person.
 *
 * @param subject one line, any script, at most {@value #LONGEST_SUBJECT} characters
 * @param text the mail as plain text
 * @param html the same as a whole HTML page without anything to load; empty if there is only text
 * @param unsubscribe where the reader can end such mails with one request (RFC 8058); empty if nothing more comes unasked
 * @param about the conversation that it is about, by which its file is found where it is kept as one; not sent
 */
public record Mail(
        MailAddress to,
        String subject,
        String text,
        Optional<String> html,
        Optional<URI> unsubscribe,
        Optional<String> about) {
    private static final int LONGEST_SUBJECT = 200;

    /** @throws IllegalArgumentException if the subject is empty, too long or has more than one line */
    public Mail {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(html, "html");
        Objects.requireNonNull(unsubscribe, "unsubscribe");
        Objects.requireNonNull(about, "about");
        if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException("a subject has 1 to " + LONGEST_SUBJECT + " characters");
        }
        if (subject.codePoints().anyMatch(Mail::breaksLine)) {
            throw new IllegalArgumentException("a subject has no line breaks or control characters");
        }
    }

    /** About nothing in particular. */
    public Mail(MailAddress to, String subject, String text, Optional<String> html) {
        this(to, subject, text, html, Optional.empty(), Optional.empty());
    }

    /** The same about a conversation. */
    public Mail about(String conversation) {
        return new Mail(to, subject, text, html, unsubscribe, Optional.of(conversation));
    }

    /** The same with a way to have no more of them. */
    public Mail endedBy(URI where) {
        return new Mail(to, subject, text, html, Optional.of(where), about);
    }

    private static boolean breaksLine(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }

    /** Without the text: it may hold a link that opens a conversation. */
    @Override
    public String toString() {
        return "Mail[to=" + to + ", subject=" + subject + "]";
    }
}
