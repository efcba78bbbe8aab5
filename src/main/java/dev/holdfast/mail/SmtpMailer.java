package dev.holdfast.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends mails by SMTP (RFC 5321), one connection a mail. The server's certificate must be trusted and be made out to
 * its host name. Thread-safe.
 */
public final class SmtpMailer implements Mailer {
    /** How long connecting, and each wait for the server, may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SmtpServer server;
    private final MailComposer composer;
    private final Session session;

    /** Trusts the certificates that this Java trusts. */
    public SmtpMailer(SmtpServer server, MailComposer composer) {
        this(server, composer, PATIENCE, Optional.empty());
    }

    /**
     * @param patience how long connecting, and each wait for the server, may take
     * @param sockets makes the encrypted connections and so decides whom to trust; empty: the certificates that this
     *     Java trusts
     */
    public SmtpMailer(SmtpServer server, MailComposer composer, Duration patience, Optional<SSLSocketFactory> sockets) {
        this.server = Objects.requireNonNull(server, "server");
        this.composer = Objects.requireNonNull(composer, "composer");
        this.session = Session.getInstance(properties(server, composer.domain(), patience, sockets));
    }

    private static Properties properties(
            SmtpServer server, String domain, Duration patience, Optional<SSLSocketFactory> sockets) {
        Properties properties = new Properties();
        String millis = Long.toString(patience.toMillis());
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        properties.setProperty("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(server.encrypted()));
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(server.starttlsRequired()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.localhost", domain);
        sockets.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
        // Never a clear connection where an encrypted one was wanted.
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        return properties;
    }

    @Override
    public void send(Mail mail) throws MailException {
        try {
            MimeMessage message = composer.compose(mail, session);
            Transport transport = session.getTransport("smtp");
            try {
                transport.connect(
                        server.host(),
                        server.port(),
                        server.login().map(SmtpServer.Login::user).orElse(null),
                        server.login().map(SmtpServer.Login::password).orElse(null));
                transport.sendMessage(message, message.getAllRecipients());
            } finally {
                closeQuietly(transport);
            }
        } catch (MessagingException e) {
            throw SmtpFailure.explain(e, server);
        }
    }

    /** The mail is taken over once the server has said so; a goodbye that fails does not change that. */
    private static void closeQuietly(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // Nothing to tell: see above.
        }
    }
}
