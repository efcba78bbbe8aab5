package dev.holdfast.mail;

import dev.holdfast.mail.MailException.Kind;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Says in a plain sentence why a mail library's exception was thrown. Reply codes are SMTP's: 4xx may pass, 5xx will
 * not (RFC 5321, section 4.2.1).
 */
final class SmtpFailure {
    private static final int MOST_LINKS = 20;
    /** “Service not available, closing transmission channel”. */
    private static final int CLOSING = 421;

    private SmtpFailure() {}

    static MailException explain(MessagingException failure, SmtpServer server) {
        List<Exception> chain = chain(failure);
        String name = "The mail server " + server.host() + ":" + server.port();
        if (find(chain, AuthenticationFailedException.class).isPresent()) {
            return new MailException(
                    Kind.LOGIN_REFUSED, false, name + " refused user or password. Check mail.smtp-url.");
        }
        if (find(chain, SSLException.class).isPresent()) {
            return new MailException(
                    Kind.NOT_SECURE,
                    false,
                    name + " could not be trusted: its certificate or its encryption was refused.");
        }
        if (chain.stream().anyMatch(SmtpFailure::missesStarttls)) {
            return new MailException(
                    Kind.NOT_SECURE,
                    false,
                    name
                            + " does not offer STARTTLS, so nothing was sent. Use smtps://, or ?starttls=optional if"
                            + " the way to it is safe.");
        }
        Optional<MailException> refused = refusal(chain, name);
        return refused.orElseGet(() ->
                new MailException(Kind.UNREACHABLE, true, name + " could not be reached, or the connection broke."));
    }

    private static Optional<MailException> refusal(List<Exception> chain, String name) {
        return find(chain, SMTPAddressFailedException.class)
                .map(e -> refused(Kind.RECIPIENT_REFUSED, e.getReturnCode(), name + " refused the recipient"))
                .or(() -> find(chain, SMTPSenderFailedException.class)
                        .map(e -> refused(
                                Kind.MAIL_REFUSED, e.getReturnCode(), name + " refused the sender (mail.from)")))
                .or(() -> find(chain, SMTPSendFailedException.class)
                        .map(e -> refused(Kind.MAIL_REFUSED, e.getReturnCode(), name + " refused the mail")))
                .flatMap(refusal -> refusal);
    }

    /** Empty if the code is no refusal: then the connection broke while the reply was waited for. */
    private static Optional<MailException> refused(Kind kind, int code, String sentence) {
        if (code < 400 || code == CLOSING) {
            return Optional.empty();
        }
        boolean passing = code < 500;
        String how = (passing ? " for now" : "") + " (SMTP " + code + ").";
        return Optional.of(new MailException(kind, passing, sentence + how));
    }

    private static boolean missesStarttls(Exception e) {
        return e.getMessage() != null && e.getMessage().startsWith("STARTTLS is required");
    }

    private static <T extends Exception> Optional<T> find(List<Exception> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The exception and all behind it; the library chains by {@code getNextException}, which is also the cause. */
    private static List<Exception> chain(Exception first) {
        List<Exception> chain = new ArrayList<>();
        Throwable next = first;
        while (next instanceof Exception e && chain.size() < MOST_LINKS) {
            chain.add(e);
            next = e.getCause();
        }
        return chain;
    }
}
