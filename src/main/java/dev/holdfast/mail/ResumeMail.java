package dev.holdfast.mail;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Builds the mail that carries a resume link. It says what the link does and how long, and nothing of the conversation.
 */
public final class ResumeMail {
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern(
                    "EEEE, d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final String product;

    /** @param product how the page calls itself; one line */
    public ResumeMail(String product) {
        this.product = Objects.requireNonNull(product, "product");
    }

    /**
     * The mail.
     *
     * @param link opens the page with the button; absolute
     * @param expires when the link ends; said to the minute
     */
    public Mail to(MailAddress address, URI link, Instant expires) {
        String until = UNTIL.format(expires);
        return new Mail(
                address,
                "Your " + product + " conversation",
                text(link.toString(), until),
                Optional.of(html(link.toString(), until)));
    }

    private String text(String link, String until) {
        return """
            Here is the link to your %s conversation:

            %s

            It opens a page with one button. Press it, and the conversation goes on in that browser.

            The link works until %s. Whoever has it can read the conversation
            and write in it, so please do not pass it on.

            If you did not ask for this mail, you can ignore it. Opening the link alone changes nothing.
            """.formatted(product, link, until);
    }

    private String html(String link, String until) {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Your %1$s conversation</title></head>
            <body style="font: 17px/1.5 Georgia, serif; max-width: 36em; margin: 2em auto; padding: 0 1em">
            <p>Here is the link to your %1$s conversation:</p>
            <p><a href="%2$s">%2$s</a></p>
            <p>It opens a page with one button. Press it, and the conversation goes on in that browser.</p>
            <p>The link works until <strong>%3$s</strong>. Whoever has it can read the conversation and write in it,
            so please do not pass it on.</p>
            <p>If you did not ask for this mail, you can ignore it. Opening the link alone changes nothing.</p>
            </body>
            </html>
            """.formatted(escaped(product), escaped(link), until);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
