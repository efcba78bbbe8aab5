package dev.holdfast.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Gives a {@link Mail} its form on the wire (RFC 5322 and MIME), with {@code Auto-Submitted: auto-generated} (RFC
 * 3834), so that nobody's absence note answers it, and with {@code List-Unsubscribe} (RFC 8058) where more may
 * come. Thread-safe if its clock and random are.
 */
public final class MailComposer {
    private static final String UTF_8 = "UTF-8";
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]+|\\[[A-Za-z0-9.:]+]");

    private final MailAddress from;
    private final String fromName;
    private final String domain;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * @param from sender, also of the envelope
     * @param fromName the sender's name as people read it
     * @param domain right part of message ids: the public URL's host, an IPv6 address in brackets
     * @param random unpredictable outside tests
     */
    public MailComposer(MailAddress from, String fromName, String domain, Clock clock, RandomGenerator random) {
        this.from = Objects.requireNonNull(from, "from");
        this.fromName = Objects.requireNonNull(fromName, "fromName");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
        if (!DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("a message id's domain is a host name or an address");
        }
        this.domain = domain;
    }

    String domain() {
        return domain;
    }

    Instant now() {
        return clock.instant();
    }

    /** 16 random characters, 0 to 9 and a to f. */
    String randomName() {
        return String.format("%016x", random.nextLong());
    }

    /** The mail, ready to be written or sent. */
    MimeMessage compose(Mail mail, Session session) throws MessagingException {
        String id = "<" + randomName() + randomName() + "@" + domain + ">";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setSentDate(Date.from(clock.instant()));
        message.setFrom(sender());
        message.setRecipient(
                Message.RecipientType.TO, new InternetAddress(mail.to().value()));
        message.setSubject(mail.subject(), UTF_8);
        message.setHeader("Auto-Submitted", "auto-generated");
        if (mail.unsubscribe().isPresent()) {
            message.setHeader("List-Unsubscribe", "<" + mail.unsubscribe().get() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        fill(message, mail.text(), mail.html());
        message.saveChanges();
        return message;
    }

    private InternetAddress sender() throws MessagingException {
        try {
            return new InternetAddress(from.value(), fromName, UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("every Java knows UTF-8", e);
        }
    }

    private static void fill(MimeMessage message, String text, Optional<String> html) throws MessagingException {
        if (html.isEmpty()) {
            message.setText(text, UTF_8);
            return;
        }
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, UTF_8);
        MimeBodyPart rich = new MimeBodyPart();
        rich.setText(html.get(), UTF_8, "html");
        // RFC 2046: the last part is the one to prefer.
        message.setContent(new MimeMultipart("alternative", plain, rich));
    }
}
