package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mails go out through a real mail server: encrypted, signed in, and again when it was away. */
@Tag("faults")
@Timeout(300)
class MailIT {
    private static final String TO = "olga@example.org";
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/(resume/([A-Za-z0-9_-]{43}))\\s");
    private static final Pattern ENCRYPTED = Pattern.compile(" P=esmtpsa X=TLS\\S+ .*A=plain:" + Exim.USER + " ");

    private static int delivered;
    private static int refused;
    private static int late;

    @TempDir
    Path folder;

    @AutoClose
    private Exim exim;

    @AutoClose
    private RunningJar jar;

    private Visitor olga;
    private String id;

    @BeforeAll
    static void require() {
        Exim.require();
    }

    @BeforeEach
    void open() {
        exim = Exim.start();
    }

    @AfterAll
    static void tell() {
        if (delivered + refused + late > 0) {
            System.out.println("mail campaign: " + delivered + " mails delivered, " + late
                    + " of them after the server had been away; " + refused
                    + " not sent to a server that is not trusted,"
                    + " offers no encryption or refuses the password; 0 passwords in clear where that is not allowed");
        }
    }

    private void start(Map<String, String> environment, String url) {
        jar = RunningJar.serve(folder.resolve("data"), environment, "--mail.smtp-url", url);
        olga = new Visitor(jar.address());
        id = olga.begin("My name is Olga. What is my name?");
        olga.awaitReply(id);
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    /** What a mail that is asked for becomes: sent at once, and delivered; how it came there. */
    private String sent() {
        HttpResponse<String> answer = olga.postJson("c/" + id + "/resume-link", Map.of("email", TO));
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(json(answer).get("sent").getAsBoolean());
        String came = exim.awaitDelivery("olga");
        assertEquals(1, exim.delivered().size());
        delivered++;
        return came;
    }

    /** A mail that is asked for is not sent, and the page says why; nothing is kept to be tried again. */
    private void assertRefused(String sentence) {
        HttpResponse<String> page = olga.post("c/" + id + "/resume-link", Map.of("email", TO));
        assertEquals(502, page.statusCode(), page.body());
        assertTrue(page.body().contains(sentence), page.body());
        assertEquals(0, unsent().size());
        assertEquals(0, exim.delivered().size());
        assertFalse(jar.process().toString().contains(Exim.PASSWORD));
        refused++;
    }

    private JsonArray unsent() {
        return json(olga.getJson("c/" + id + "/resume-links")).getAsJsonArray("unsent");
    }

    /** The delivered mail's link opens the conversation in another browser. */
    private void assertOpens(MimeMessage mail) throws IOException, MessagingException {
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        Matcher link = LINK.matcher((String) parts.getBodyPart(0).getContent());
        assertTrue(link.find());
        Visitor phone = new Visitor(jar.address());
        assertEquals(404, phone.get("c/" + id).statusCode());
        assertEquals(200, phone.get(link.group(1)).statusCode());
        assertEquals(404, phone.get("c/" + id).statusCode());
        assertEquals(303, phone.post("resume", Map.of("token", link.group(2))).statusCode());
        assertEquals(2, phone.messages(id).size());
    }

    @Test
    void mailIsDeliveredEncryptedAndItsLinkOpensTheConversationInAnotherBrowser() throws Exception {
        start(exim.trusted(), exim.url(Exim.Way.STARTTLS, Exim.PASSWORD));

        String came = sent();

        assertTrue(ENCRYPTED.matcher(came).find(), came);
        MimeMessage mail = exim.delivered().get(0);
        assertEquals("auto-generated", mail.getHeader("Auto-Submitted", null));
        assertTrue(mail.getMessageID().matches("<[0-9a-f]{32}@localhost>"), mail.getMessageID());
        assertNotNull(mail.getSentDate());
        assertEquals(TO, mail.getHeader("To", null));
        assertEquals(TO, mail.getHeader("Envelope-To", null));
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertTrue(parts.getContentType().startsWith("multipart/alternative"), parts.getContentType());
        assertEquals(2, parts.getCount());
        assertTrue(parts.getBodyPart(0).isMimeType("text/plain"));
        assertTrue(parts.getBodyPart(1).isMimeType("text/html"));
        String html = (String) parts.getBodyPart(1).getContent();
        assertTrue(html.contains("<a href=\"" + jar.address() + "resume/"), html);
        assertOpens(mail);
    }

    @Test
    void mailIsDeliveredByAServerThatEncryptsFromTheFirstByte() throws Exception {
        start(exim.trusted(), exim.url(Exim.Way.TLS, Exim.PASSWORD));
        String came = sent();
        assertTrue(ENCRYPTED.matcher(came).find(), came);
        assertOpens(exim.delivered().get(0));
    }

    @Test
    void serverWhoseCertificateIsNotTrustedHearsNoPassword() {
        start(exim.known(), exim.url(Exim.Way.STARTTLS, Exim.PASSWORD));
        assertRefused(" could not be trusted: its certificate or its encryption was refused.");
        assertEquals("EHLO,STARTTLS", exim.awaitCommandsWithoutMail());
    }

    /** On loopback too, where a password may travel in clear: a wrong certificate is worse than none. */
    @Test
    void serverWhoseCertificateIsMadeOutToAnotherNameHearsNoPassword() {
        start(exim.trusted(), exim.url(Exim.Way.STARTTLS, Exim.PASSWORD).replace(Exim.HOST, "localhost"));
        assertRefused(" could not be trusted: its certificate or its encryption was refused.");
        assertEquals("EHLO,STARTTLS", exim.awaitCommandsWithoutMail());
    }

    @Test
    void wrongPasswordIsSaidToBeOneAndNoMailIsSent() {
        start(exim.trusted(), exim.url(Exim.Way.STARTTLS, "wrong"));
        assertRefused(" refused user or password. Check mail.smtp-url.");
        assertEquals("EHLO,STARTTLS,EHLO,AUTH", exim.awaitCommandsWithoutMail());
    }

    @Test
    void serverThatOffersNoEncryptionHearsNothing() {
        start(exim.trusted(), exim.url(Exim.Way.CLEAR, Exim.PASSWORD));
        assertRefused(" does not offer STARTTLS, so nothing was sent.");
        assertEquals("EHLO", exim.awaitCommandsWithoutMail());
    }

    @Test
    void serverThatOffersNoEncryptionDeliversIfThatIsAllowed() throws Exception {
        start(exim.trusted(), exim.url(Exim.Way.CLEAR, Exim.PASSWORD) + "?starttls=optional");
        String came = sent();
        assertTrue(came.contains(" P=esmtpa A=plain:" + Exim.USER + " "), came);
        assertOpens(exim.delivered().get(0));
    }

    @Test
    void mailWaitsForAServerThatIsStoppedAndGoesOutByItselfOnceItIsBack() throws Exception {
        exim.stop();
        start(exim.trusted(), exim.url(Exim.Way.STARTTLS, Exim.PASSWORD));

        HttpResponse<String> answer = olga.post("c/" + id + "/resume-link", Map.of("email", TO));

        assertEquals(303, answer.statusCode(), answer.body());
        String notice = answer.headers().firstValue("location").orElseThrow();
        assertTrue(notice.endsWith("/c/" + id + "?notice=waiting"), notice);
        assertTrue(olga.get("c/" + id + "?notice=waiting").body().contains("as soon as it can"));
        assertTrue(olga.get("c/" + id + "/resume-links").body().contains("tried again at"));
        JsonObject waiting = unsent().get(0).getAsJsonObject();
        assertEquals(TO, waiting.get("to").getAsString());
        assertTrue(waiting.get("trouble").getAsString().contains("could not be reached"), waiting.toString());
        assertNotNull(waiting.get("nextTry"));

        exim.serve();
        String came = exim.awaitDelivery("olga");
        assertTrue(ENCRYPTED.matcher(came).find(), came);
        awaitNothingUnsent();
        assertEquals(1, exim.delivered().size());
        assertOpens(exim.delivered().get(0));
        delivered++;
        late++;
    }

    /** The server has taken the mail a moment before the program forgets it. */
    private void awaitNothingUnsent() {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!unsent().isEmpty()) {
            assertTrue(System.nanoTime() < end, "a mail that was delivered is still to be sent");
        }
    }
}
