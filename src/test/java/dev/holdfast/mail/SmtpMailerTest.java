package dev.holdfast.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.holdfast.mail.MailException.Kind;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpMailerTest {
    @TempDir
    static Path folder;

    private static TestCertificate certificate;
    private GreenMail green;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.create(folder);
        // GreenMail reads these once, when its first encrypted server starts.
        System.setProperty("greenmail.tls.keystore.file", certificate.file().toString());
        System.setProperty("greenmail.tls.keystore.password", TestCertificate.PASSWORD);
    }

    @AfterEach
    void stop() {
        if (green != null) {
            green.stop();
        }
    }

    @Test
    void mailArrivesAsItWasBuilt() throws Exception {
        mailer("smtp://localhost:" + startGreen(ServerSetupTest.SMTP)).send(MailFixture.mail());
        MimeMessage[] received = green.getReceivedMessages();
        assertEquals(1, received.length);
        MimeMessage message = received[0];
        assertEquals("Your Holdfast conversation", message.getSubject());
        assertEquals("olga@example.org", message.getAllRecipients()[0].toString());
        assertEquals(1, message.getAllRecipients().length);
        assertEquals("auto-generated", message.getHeader("Auto-Submitted", null));
        assertEquals(MailFixture.NOW, message.getSentDate().toInstant());
        assertTrue(message.getMessageID().matches("<[0-9a-f]{32}@chat\\.example\\.net>"), message.getMessageID());
        assertEquals("<holdfast@example.net>", message.getHeader("Return-Path", null));
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertTrue(parts.getContentType().startsWith("multipart/alternative"));
        assertEquals(2, parts.getCount());
        assertText(parts.getBodyPart(0), "text/plain", MailFixture.mail().text());
        assertText(parts.getBodyPart(1), "text/html", MailFixture.mail().html().orElseThrow());
    }

    private static void assertText(Part part, String type, String text) throws Exception {
        assertTrue(part.isMimeType(type), part.getContentType());
        assertTrue(part.getContentType().toLowerCase().contains("charset=utf-8"), part.getContentType());
        assertEquals(
                text.strip(), part.getContent().toString().replace("\r\n", "\n").strip());
    }

    @Test
    void loginWithPercentEncodedPasswordIsAccepted() throws Exception {
        int port = startGreen(ServerSetupTest.SMTP);
        green.setUser("robot@example.net", "robot@example.net", "p@ss: +ü/#");
        mailer("smtp://robot%40example.net:p%40ss%3A%20+%C3%BC%2F%23@localhost:" + port)
                .send(MailFixture.mail());
        assertEquals(1, green.getReceivedMessages().length);
    }

    @Test
    void wrongPasswordIsSaidAndNotQuoted() throws Exception {
        int port = startGreen(ServerSetupTest.SMTP);
        green.setUser("robot", "robot", "right-secret");
        MailException refused = refusal("smtp://robot:wrong-secret@localhost:" + port);
        assertEquals(Kind.LOGIN_REFUSED, refused.kind());
        assertFalse(refused.passing());
        assertEquals(
                "The mail server localhost:" + port + " refused user or password. Check mail.smtp-url.",
                refused.getMessage());
        assertEquals(0, green.getReceivedMessages().length);
    }

    @Test
    void encryptedServerWithTrustedCertificateTakesTheMail() throws Exception {
        int port = startGreen(ServerSetupTest.SMTPS);
        mailer("smtps://localhost:" + port, Optional.of(trusting())).send(MailFixture.mail());
        assertEquals(1, green.getReceivedMessages().length);
    }

    @Test
    void encryptedServerThatThisJavaDoesNotTrustGetsNothing() throws Exception {
        int port = startGreen(ServerSetupTest.SMTPS);
        assertEquals(Kind.NOT_SECURE, refusal("smtps://localhost:" + port).kind());
        assertEquals(0, green.getReceivedMessages().length);
    }

    @Test
    void certificateForAnotherNameIsRefused() throws Exception {
        int port = startGreen(ServerSetupTest.SMTPS);
        MailException refused = assertThrows(
                MailException.class,
                () -> mailer("smtps://127.0.0.1:" + port, Optional.of(trusting()))
                        .send(MailFixture.mail()));
        assertEquals(Kind.NOT_SECURE, refused.kind());
        assertEquals(0, green.getReceivedMessages().length);
    }

    @Test
    void starttlsIsUsedWhenOffered() throws Exception {
        try (ScriptedSmtp server =
                new ScriptedSmtp(certificate.context()).reply("EHLO", "250-scripted\r\n250 STARTTLS")) {
            mailer("smtp://localhost:" + server.port(), Optional.of(trusting())).send(MailFixture.mail());
            assertTrue(server.heard().indexOf("STARTTLS") < server.heard().indexOf("DATA"), server.heard()::toString);
            assertTrue(server.heard().contains("STARTTLS"));
        }
    }

    @Test
    void requiredStarttlsThatIsNotOfferedSendsNothing() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null).reply("EHLO", "250-scripted\r\n250 AUTH PLAIN LOGIN")) {
            MailException refused = refusal("smtp://robot:secret@localhost:" + server.port() + "?starttls=required");
            assertEquals(Kind.NOT_SECURE, refused.kind());
            assertTrue(refused.getMessage().contains("does not offer STARTTLS, so nothing was sent"));
            assertFalse(server.heard().stream().anyMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        RCPT | 550 5.1.1 no olga@example.org here | RECIPIENT_REFUSED | false | refused the recipient (SMTP 550).
        RCPT | 450 4.2.1 mailbox busy | RECIPIENT_REFUSED | true  | refused the recipient for now (SMTP 450).
        MAIL | 550 5.7.1 sender unknown | MAIL_REFUSED      | false | refused the sender (mail.from) (SMTP 550).
        DATA | 554 5.7.1 no                       | MAIL_REFUSED      | false | refused the mail (SMTP 554).
        .    | 552 5.3.4 too big                  | MAIL_REFUSED      | false | refused the mail (SMTP 552).
        .    | 451 4.3.0 try later                | MAIL_REFUSED      | true  | refused the mail for now (SMTP 451).
        """)
    void refusalSaysWhatWasRefused(String command, String reply, Kind kind, boolean passing, String sentence)
            throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null).reply(command, reply)) {
            MailException refused = refusal("smtp://localhost:" + server.port());
            assertEquals(kind, refused.kind());
            assertEquals(passing, refused.passing());
            assertEquals("The mail server localhost:" + server.port() + " " + sentence, refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."})
    void connectionThatBreaksIsReportedAsPassing(String command) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null).reply(command, ScriptedSmtp.HANG_UP)) {
            MailException gone = refusal("smtp://localhost:" + server.port());
            assertEquals(Kind.UNREACHABLE, gone.kind());
            assertTrue(gone.passing());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "MAIL", "."})
    void silentServerIsGivenUpOn(String command) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null).reply(command, ScriptedSmtp.SILENCE)) {
            SmtpMailer hasty = new SmtpMailer(
                    SmtpServer.parse("smtp://localhost:" + server.port()),
                    MailFixture.composer(),
                    Duration.ofMillis(200),
                    Optional.empty());
            MailException silent = assertThrows(MailException.class, () -> hasty.send(MailFixture.mail()));
            assertEquals(Kind.UNREACHABLE, silent.kind());
        }
    }

    @Test
    void serverThatIsClosingDownIsReportedAsPassing() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null).reply("MAIL", "421 4.3.2 closing")) {
            MailException gone = refusal("smtp://localhost:" + server.port());
            assertEquals(Kind.UNREACHABLE, gone.kind());
            assertTrue(gone.passing());
        }
    }

    @Test
    void goodbyeThatFailsDoesNotUndoTheMail() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null).reply("QUIT", ScriptedSmtp.HANG_UP)) {
            mailer("smtp://localhost:" + server.port()).send(MailFixture.mail());
            assertTrue(server.heard().contains("."));
        }
    }

    @Test
    void serverThatIsGoneIsUnreachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            port = free.getLocalPort();
        }
        MailException gone = refusal("smtp://localhost:" + port);
        assertEquals(Kind.UNREACHABLE, gone.kind());
        assertEquals(
                "The mail server localhost:" + port + " could not be reached, or the connection broke.",
                gone.getMessage());
    }

    private int startGreen(ServerSetup setup) {
        green = new GreenMail(setup.dynamicPort());
        green.start();
        return setup.isSecure() ? green.getSmtps().getPort() : green.getSmtp().getPort();
    }

    private static SSLSocketFactory trusting() throws Exception {
        return certificate.context().getSocketFactory();
    }

    private static SmtpMailer mailer(String url) {
        return mailer(url, Optional.empty());
    }

    private static SmtpMailer mailer(String url, Optional<SSLSocketFactory> sockets) {
        return new SmtpMailer(SmtpServer.parse(url), MailFixture.composer(), Duration.ofSeconds(10), sockets);
    }

    /** Sends and fails; checks that nothing secret is said, at any depth. */
    private static MailException refusal(String url) {
        MailException refused =
                assertThrows(MailException.class, () -> mailer(url).send(MailFixture.mail()));
        assertNull(refused.getCause());
        String said = refused + Arrays.toString(refused.getSuppressed());
        for (String secret : new String[] {"secret", "olga@", "3q2-7w", "robot"}) {
            assertFalse(said.contains(secret), said);
        }
        return refused;
    }
}
