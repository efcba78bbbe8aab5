package dev.holdfast.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "a\r\nBcc: eve@example.org", "a\nb", "a\rb", "a\u0000b", "a\u0085b", "a\u2028b", "a\tb"
            })
    void subjectOfMoreThanOneLineIsRefused(String subject) {
        assertThrows(
                IllegalArgumentException.class, () -> new Mail(MailFixture.OLGA, subject, "text", Optional.empty()));
    }

    @Test
    void subjectLengthIsLimited() {
        new Mail(MailFixture.OLGA, "s".repeat(200), "text", Optional.empty());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Mail(MailFixture.OLGA, "s".repeat(201), "text", Optional.empty()));
    }

    @Test
    void printedMailDoesNotShowItsLink() {
        assertEquals(
                "Mail[to=olga@example.org, subject=Your Holdfast conversation]",
                MailFixture.mail().toString());
    }

    @Test
    void resumeMailSaysWhatTheLinkDoesAndHowLong() {
        Mail mail = MailFixture.mail();
        assertEquals("""
            Here is the link to your Holdfast conversation:

            https://chat.example.net/resume/3q2-7wABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijk

            It opens a page with one button. Press it, and the conversation goes on in
            that browser.

            The link works until Monday, 23 November 2026, 05:31 UTC. Whoever has it can
            read the conversation and write in it, so please do not pass it on.

            If you did not ask for this mail, you can ignore it. Opening the link alone
            changes nothing.
            """, mail.text());
        String html = mail.html().orElseThrow();
        assertTrue(html.contains("<a href=\"" + MailFixture.LINK + "\">" + MailFixture.LINK + "</a>"), html);
        assertTrue(html.contains("Monday, 23 November 2026, 05:31 UTC"), html);
    }

    @Test
    void htmlLoadsNothingAndEscapesWhatItIsGiven() {
        String html = LinkMail.resume(
                        "<Hold & \"fast\">",
                        MailFixture.OLGA,
                        URI.create("https://chat.example.net/r?a=1&b='2'"),
                        MailFixture.NOW)
                .html()
                .orElseThrow();
        assertTrue(html.contains("Your &lt;Hold &amp; &quot;fast&quot;&gt; conversation"), html);
        assertTrue(html.contains("href=\"https://chat.example.net/r?a=1&amp;b=&#39;2&#39;\""), html);
        assertFalse(html.matches("(?s).*(?:<img|<link|<script|src=|url\\().*"), html);
    }
}
