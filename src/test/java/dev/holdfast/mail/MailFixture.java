package dev.holdfast.mail;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;

/** The mail that the tests send. */
final class MailFixture {
    static final Instant NOW = Instant.parse("2026-11-21T05:31:00Z");
    static final MailAddress OLGA = new MailAddress("olga@example.org");
    static final URI LINK = URI.create("https://chat.example.net/resume/3q2-7wABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijk");

    private MailFixture() {}

    static MailComposer composer() {
        return new MailComposer(
                new MailAddress("holdfast@example.net"),
                "Holdfast – Gespräche",
                "chat.example.net",
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Random(7));
    }

    static Mail mail() {
        return LinkMail.resume("Holdfast", OLGA, LINK, Instant.parse("2026-11-23T05:31:40Z"));
    }
}
