package dev.holdfast.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MailFolderTest {
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final MailFolder folder = new MailFolder(MailFixture.composer(), files::put);

    @Test
    void writtenMailIsReadBackAsItWas() throws Exception {
        folder.send(MailFixture.mail());
        MimeMessage message = onlyMail();
        assertEquals("Your Holdfast conversation", message.getSubject());
        InternetAddress from = (InternetAddress) message.getFrom()[0];
        assertEquals("Holdfast – Gespräche", from.getPersonal());
        assertEquals("holdfast@example.net", from.getAddress());
        assertEquals("olga@example.org", message.getAllRecipients()[0].toString());
        assertEquals(MailFixture.NOW, message.getSentDate().toInstant());
        assertEquals("1.0", message.getHeader("MIME-Version", null));
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertEquals(
                MailFixture.mail().text(),
                parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"));
        assertTrue(parts.getBodyPart(1).isMimeType("text/html"));
    }

    @Test
    void anyScriptSurvivesInSubjectAndText() throws Exception {
        String subject = "Ваш разговор · 会話 · 🌊 " + "ü".repeat(120);
        String text = "Grüße 会話 🌊\n.\n.leading dot\nFrom the start\n" + "x".repeat(3_000) + "\n";
        folder.send(new Mail(MailFixture.OLGA, subject, text, Optional.empty()));
        assertEquals(subject, onlyMail().getSubject());
        assertEquals(text, onlyMail().getContent().toString().replace("\r\n", "\n"));
    }

    @Test
    void linesKeepToTheirEndsAndLength() throws Exception {
        folder.send(new Mail(MailFixture.OLGA, "ü".repeat(200), "x".repeat(3_000), Optional.of("é".repeat(3_000))));
        String content = new String(files.values().iterator().next(), StandardCharsets.US_ASCII);
        assertFalse(content.contains("\ufffd"), "only ASCII");
        for (String line : content.split("\r\n")) {
            assertTrue(line.length() <= 998, "RFC 5322, section 2.1.1");
            assertFalse(line.contains("\r") || line.contains("\n"));
        }
    }

    @Test
    void everyMailHasAFileOfItsOwn() throws Exception {
        for (int i = 0; i < 100; i++) {
            folder.send(MailFixture.mail());
        }
        assertEquals(100, files.size());
        for (String name : files.keySet()) {
            assertTrue(name.matches("20261121T053100Z-[0-9a-f]{16}\\.eml"), name);
        }
    }

    @Test
    void failedWriteIsSaidWithoutThePath() {
        MailFolder full = new MailFolder(MailFixture.composer(), (name, content) -> {
            throw new IOException("/data/mail/" + name + ": No space left on device");
        });
        MailException failed = assertThrows(MailException.class, () -> full.send(MailFixture.mail()));
        assertEquals(MailException.Kind.NOT_WRITTEN, failed.kind());
        assertEquals(
                "The mail could not be written to its folder. Is the disk full or read-only?", failed.getMessage());
        assertTrue(failed.passing());
        assertNull(failed.getCause());
    }

    @Test
    void messageIdDomainWithALineBreakIsRefused() {
        for (String domain : new String[] {"", "a b", "a\r\nBcc: x", "a>", "::1"}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new MailComposer(MailFixture.OLGA, "x", domain, Clock.systemUTC(), new Random(1)));
        }
        new MailComposer(MailFixture.OLGA, "x", "[::1]", Clock.systemUTC(), new Random(1));
    }

    @Test
    void senderNameCannotAddAHeader() throws Exception {
        MailComposer composer = new MailComposer(
                MailFixture.OLGA, "Holdfast\r\nBcc: eve@example.org", "localhost", Clock.systemUTC(), new Random(1));
        new MailFolder(composer, files::put).send(MailFixture.mail());
        assertNull(onlyMail().getHeader("Bcc", null));
        assertEquals(1, onlyMail().getAllRecipients().length);
    }

    private MimeMessage onlyMail() throws Exception {
        assertEquals(1, files.size());
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(files.values().iterator().next()));
    }
}
