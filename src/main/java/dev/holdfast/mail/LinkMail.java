package dev.holdfast.mail;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds the mails that carry a link. They say what the link does and how long, and nothing of any conversation. */
public final class LinkMail {
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern(
                    "EEEE, d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final int COLUMNS = 78;

    private LinkMail() {}

    /**
     * The mail with a way back into a conversation.
     *
     * @param product how the page calls itself; one line
     * @param link opens the page with the button; absolute
     * @param expires when the link ends; said to the minute
     */
    public static Mail resume(String product, MailAddress to, URI link, Instant expires) {
        return mail(
                to,
                "Your " + product + " conversation",
                "Here is the link to your " + product + " conversation:",
                link,
                List.of(
                        "It opens a page with one button. Press it, and the conversation goes on in that browser.",
                        "The link works until " + UNTIL.format(expires) + ". Whoever has it can read the conversation"
                                + " and write in it, so please do not pass it on.",
                        "If you did not ask for this mail, you can ignore it. Opening the link alone changes nothing."));
    }

    /** The mail with which a person signs in. See {@link #resume}. */
    public static Mail signIn(String product, MailAddress to, URI link, Instant expires) {
        return mail(
                to,
                "Sign in to " + product,
                "Here is the link with which you sign in to " + product + ":",
                link,
                List.of(
                        "It opens a page with one button. Press it, and that browser is signed in.",
                        "The link works once, until " + UNTIL.format(expires) + ". Whoever uses it is taken for you,"
                                + " so please do not pass it on.",
                        "If you did not ask for this mail, you can ignore it. Opening the link alone changes nothing."));
    }

    private static Mail mail(MailAddress to, String subject, String first, URI link, List<String> rest) {
        return new Mail(to, subject, text(first, link, rest), Optional.of(html(subject, first, link, rest)));
    }

    private static String text(String first, URI link, List<String> rest) {
        return first + "\n\n" + link + "\n\n"
                + rest.stream().map(LinkMail::wrapped).collect(Collectors.joining("\n\n")) + "\n";
    }

    /** Lines that also an old mail program shows whole. */
    private static String wrapped(String paragraph) {
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (String word : paragraph.split(" ")) {
            boolean fits = column + 1 + word.length() <= COLUMNS;
            String before = column == 0 ? "" : fits ? " " : "\n";
            wrapped.append(before).append(word);
            column = fits && column > 0 ? column + 1 + word.length() : word.length();
        }
        return wrapped.toString();
    }

    private static String html(String subject, String first, URI link, List<String> rest) {
        String paragraphs = rest.stream()
                .map(paragraph -> "<p>" + escaped(paragraph) + "</p>")
                .collect(Collectors.joining("\n"));
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>%1$s</title></head>
            <body style="font: 17px/1.5 Georgia, serif; max-width: 36em; margin: 2em auto; padding: 0 1em">
            <p>%2$s</p>
            <p><a href="%3$s">%3$s</a></p>
            %4$s
            </body>
            </html>
            """.formatted(escaped(subject), escaped(first), escaped(link.toString()), paragraphs);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
