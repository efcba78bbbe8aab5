package dev.holdfast.mail;

import dev.holdfast.config.Option;
import dev.holdfast.config.SettingsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * The mail server that a URL names: {@code smtp://user:password@host:port} or {@code smtps://…}, user and password
 * percent-encoded, both or neither.
 *
 * <p>{@code smtps} encrypts from the first byte (port 465 if none is given); {@code smtp} (port 587) uses STARTTLS when
 * the server offers it. With {@code ?starttls=required} it insists on it, which it also does by default when a password
 * would travel beyond this machine; {@code ?starttls=optional} allows that.
 *
 * @param encrypted from the first byte on
 * @param starttlsRequired whether a server that does not offer STARTTLS is given up on; false if {@code encrypted}
 */
public record SmtpServer(String host, int port, boolean encrypted, boolean starttlsRequired, Optional<Login> login) {
    private static final int SMTPS_PORT = 465;
    private static final int SUBMISSION_PORT = 587;

    /** Who sends, to the server. */
    public record Login(String user, String password) {
        public Login {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Login[" + user + ", <redacted>]";
        }
    }

    public SmtpServer {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(login, "login");
    }

    /** @throws SettingsException if {@code url} is no such URL; it is not quoted in the message */
    public static SmtpServer parse(String url) {
        URI uri = uri(url);
        boolean encrypted = "smtps".equalsIgnoreCase(uri.getScheme());
        if (!encrypted && !"smtp".equalsIgnoreCase(uri.getScheme())) {
            throw refused("begins with smtp:// or smtps://");
        }
        if (uri.getHost() == null) {
            throw refused("names a host, and percent-encodes what is special in user and password (@ is %40)");
        }
        if (uri.getRawFragment() != null || !uri.getRawPath().matches("/?")) {
            throw refused("ends behind the port");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : encrypted ? SMTPS_PORT : SUBMISSION_PORT;
        if (port < 1 || port > 65_535) {
            throw refused("has a port from 1 to 65535");
        }
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        Optional<Login> login = Optional.ofNullable(uri.getRawUserInfo()).map(SmtpServer::login);
        boolean required = starttlsRequired(uri.getRawQuery(), login.isPresent() && !isLoopback(host));
        return new SmtpServer(host, port, encrypted, required && !encrypted, login);
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw refused("is a URL such as smtp://user:password@host:587, with what is special in user and password"
                    + " percent-encoded (@ is %40)");
        }
    }

    private static Login login(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 1) {
            throw refused("gives a user and a password, or neither");
        }
        return new Login(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    private static String decoded(String encoded) {
        // URLDecoder is for forms, where a plus is a space; in a URL it is a plus.
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static boolean starttlsRequired(String query, boolean byDefault) {
        if (query == null || query.isEmpty()) {
            return byDefault;
        }
        return switch (query) {
            case "starttls=required" -> true;
            case "starttls=optional" -> false;
            default -> throw refused("knows no options but ?starttls=required and ?starttls=optional");
        };
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("::1");
    }

    private static SettingsException refused(String rule) {
        return new SettingsException(Option.MAIL_SMTP_URL.key() + " " + rule + ".");
    }
}
