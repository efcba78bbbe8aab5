package dev.holdfast.mail;

/** What mail servers say that do not take a mail. */
public final class NotSent {
    private NotSent() {}

    /** It may take the same mail later. */
    public static MailException passing(String sentence) {
        return new MailException(MailException.Kind.UNREACHABLE, true, sentence);
    }

    public static MailException refusedRecipient(String sentence) {
        return new MailException(MailException.Kind.RECIPIENT_REFUSED, false, sentence);
    }
}
