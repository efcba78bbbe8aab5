package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.holdfast.Answer;
import dev.holdfast.CapturedLog;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back into a conversation from another browser: a mail with a link, a code to type. */
class ResumeLinkTest {
    private static final Pattern LINK = Pattern.compile("(https?://\\S+)/resume/([A-Za-z0-9_-]{43})\\s");

    @TempDir
    Path data;

    private RunningSite site;
    private Person olga;
    private String id;

    private void start(String... settings) {
        site = RunningSite.start(data, ScriptedModel.answering("Nice to meet you, Olga!"), settings);
        olga = site.person();
        id = olga.beginAndHear("My name is Olga");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private List<String> outbox() {
        return site.files().entrySet().stream()
                .filter(file -> file.getKey().endsWith(".eml"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String words(MimeMessage mail) throws IOException, MessagingException {
        return (String) ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
    }

    /** The link in the only mail that was written: where it leads, and its token. */
    private Matcher link() throws IOException, MessagingException {
        assertEquals(1, outbox().size());
        byte[] mail = outbox().get(0).getBytes(StandardCharsets.ISO_8859_1);
        Session session = Session.getInstance(new Properties());
        Matcher link = LINK.matcher(words(new MimeMessage(session, new ByteArrayInputStream(mail))));
        assertTrue(link.find(), outbox().get(0));
        return link;
    }

    private String token() throws IOException, MessagingException {
        assertEquals(
                303,
                olga.post("/c/" + id + "/resume-link", "email", "olga@example.org")
                        .status());
        return link().group(2);
    }

    private Answer open(Person person, String token) {
        return person.post("/resume", "token", token);
    }

    @Test
    void linkOpensItsConversationInAnotherBrowserAndNoOther() throws Exception {
        start();
        String other = olga.beginAndHear("Something private");
        String token = token();
        assertEquals(site.address().toString(), link().group(1));
        Person phone = site.person();
        assertEquals(404, phone.get("/c/" + id).status());

        Answer page = phone.get("/resume/" + token);
        assertEquals(200, page.status());
        assertEquals(token, page.find("name=\"token\" value=\"([^\"]*)\""));
        assertFalse(page.text().contains("Olga"), "nothing of the conversation before the button is pressed");
        assertEquals(404, phone.get("/c/" + id).status());

        Answer opened = open(phone, token);
        assertEquals(303, opened.status());
        assertEquals("/c/" + id, opened.header("location").orElseThrow());
        assertTrue(phone.get("/c/" + id).text().contains("Nice to meet you, Olga!"));
        assertEquals(
                202,
                phone.postJson("/c/" + id + "/messages", "text", "It is me").status());
        assertEquals(404, phone.get("/c/" + other).status());
        assertEquals(
                404,
                phone.postJson("/c/" + other + "/messages", "text", "It is me").status());
        assertEquals(404, site.person().get("/c/" + id).status());
        assertEquals(
                1,
                phone.getJson("/conversations")
                        .json()
                        .getAsJsonArray("conversations")
                        .size());
    }

    @Test
    void scannersOfMailsChangeNothing() throws Exception {
        start();
        String token = token();
        Map<String, String> before = site.kept();

        for (int i = 0; i < 50; i++) {
            for (String method : List.of("GET", "HEAD")) {
                assertEquals(200, site.ask(method, "/resume/" + token).send().status());
            }
        }

        assertEquals(before, site.kept());
        assertEquals(303, open(site.person(), token).status());
    }

    /** The page is the same for every token, so it tells a guesser nothing; the button does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "short",
                "..",
                "%00",
                "%3Cscript%3E",
                "\"><script>"
            })
    void unknownTokenOpensNothingAndShowsAWayOn(String token) {
        start();
        Map<String, String> before = site.kept();
        Person guesser = site.person();

        Answer page = guesser.get("/resume/" + token);
        Answer refused = open(guesser, token);
        Answer program = guesser.postJson("/resume", "token", token);

        assertTrue(page.status() == 200 || page.status() == 400 || page.status() == 404, page.toString());
        assertFalse(page.text().contains("<script>"), page.toString());
        assertEquals(404, refused.status());
        assertTrue(refused.isPage());
        assertTrue(refused.text().contains("name=\"code\""), "a code can be typed instead");
        assertEquals(404, program.status());
        assertTrue(program.isProblemJson());
        assertEquals(before, site.kept());
    }

    @Test
    void givenLinksAreListedAndRevokedAlsoWithoutJavaScript() throws Exception {
        start();
        String token = token();
        Person phone = site.person();
        open(phone, token);
        String all = "/c/" + id + "/resume-links";

        Answer page = olga.get(all);
        assertTrue(page.text().contains("olga@example.org"), page.toString());
        assertTrue(page.text().contains("open in one other browser"), page.toString());
        assertFalse(page.text().contains(token), page.toString());
        assertTrue(olga.get("/c/" + id).text().contains("href=\"" + all + "\""));
        assertEquals(0, phone.getJson(all).json().getAsJsonArray("links").size());
        JsonObject link = olga.getJson(all).json().getAsJsonArray("links").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(one -> one.has("to"))
                .findFirst()
                .orElseThrow();
        assertEquals(Set.of("link", "kind", "to", "created", "expires", "usable", "browsers"), link.keySet());
        assertTrue(link.get("usable").getAsBoolean());

        Answer revoked = olga.post(all + "/revoke", "link", link.get("link").getAsString());
        for (JsonElement code : olga.getJson(all).json().getAsJsonArray("links")) {
            String name = code.getAsJsonObject().get("link").getAsString();
            assertTrue(page.text().contains("value=\"" + name + "\""), page.toString());
            olga.post(all + "/revoke", "link", name);
        }

        assertEquals(303, revoked.status());
        assertEquals(all, revoked.header("location").orElseThrow());
        assertEquals(404, phone.get("/c/" + id).status());
        assertEquals(404, open(site.person(), token).status());
        assertTrue(
                olga.get(all).text().contains("open to nobody but you"),
                olga.get(all).toString());
        assertEquals(200, olga.get("/c/" + id).status());
    }

    @Test
    void linkEndsWithItsTime() throws Exception {
        start("link.ttl", "48h");
        String token = token();
        site.pass(Duration.ofHours(48).minusSeconds(1));
        assertEquals(303, open(site.person(), token).status());

        site.pass(Duration.ofSeconds(2));
        assertEquals(404, open(site.person(), token).status());
    }

    @Test
    void expiredLinkIsReplacedByANewOneToTheSameAddressAndAnUnknownOneIsAnsweredAlike() throws Exception {
        GreenMail green = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        green.start();
        try {
            start("mail.smtp-url", "smtp://127.0.0.1:" + green.getSmtp().getPort());
            olga.postJson("/c/" + id + "/resume-link", "email", "olga@example.org");
            String token = token(green.getReceivedMessages()[0]);
            site.pass(Duration.ofHours(49));
            Person phone = site.person();
            Answer expired = open(phone, token);
            assertEquals(404, expired.status());
            assertEquals(token, expired.find("name=\"token\" value=\"([^\"]*)\""));
            assertTrue(expired.text().contains("href=\"/\""), "a fresh start");

            Answer asked = phone.post("/resume/again", "token", token);
            Answer ofNone = phone.post("/resume/again", "token", "A".repeat(43));

            assertEquals(200, asked.status());
            assertEquals(200, ofNone.status());
            assertEquals(asked.text(), ofNone.text());
            assertFalse(asked.text().contains("olga@example.org"), asked.toString());
            assertTrue(green.waitForIncomingEmail(20_000, 2), "the new mail came");
            MimeMessage mail = green.getReceivedMessages()[1];
            assertEquals("olga@example.org", mail.getAllRecipients()[0].toString());
            assertEquals(303, open(phone, token(mail)).status());
            assertEquals(200, phone.get("/c/" + id).status());
        } finally {
            green.stop();
        }
    }

    private static String token(MimeMessage mail) throws IOException, MessagingException {
        Matcher link = LINK.matcher(words(mail));
        assertTrue(link.find(), words(mail));
        return link.group(2);
    }

    @Test
    void whoAsksForNewLinksTooOftenIsTold() {
        start();
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    200,
                    site.person().post("/resume/again", "token", "A".repeat(43)).status());
        }
        assertEquals(
                429,
                site.person().post("/resume/again", "token", "A".repeat(43)).status());
        assertEquals(List.of(), outbox());
    }

    @Test
    void grantOutlivesARestart() throws Exception {
        start();
        Person phone = site.person();
        open(phone, token());
        site.close();
        site = RunningSite.start(data, ScriptedModel.answering("Yes."));

        assertEquals(200, phone.at(site).get("/c/" + id).status());
        assertEquals(404, site.person().get("/c/" + id).status());
    }

    @Test
    void codeIsTypedAsPeopleType() {
        start();
        String code =
                olga.postJson("/c/" + id + "/resume-link").json().get("code").getAsString();
        assertTrue(code.matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}"), code);
        assertTrue(site.person().get("/resume").text().contains("name=\"code\""));

        for (String typed : List.of(code, code.toLowerCase(), code.replace("-", " "), code.replace("-", ""))) {
            Person phone = site.person();
            Answer opened = phone.post("/resume", "code", typed);

            assertEquals(303, opened.status(), typed);
            assertEquals(200, phone.get("/c/" + id).status());
        }
        assertFalse(site.files().toString().contains(code));
        assertFalse(site.files().toString().contains(code.replace("-", "")));
    }

    @Test
    void codeIsShownWithoutJavaScriptAndStaysTheSame() {
        start();

        Answer asked = olga.post("/c/" + id + "/resume-link");

        assertEquals("/c/" + id + "?notice=code", asked.header("location").orElseThrow());
        String first = olga.get("/c/" + id + "?notice=code").find("Resume code ([0-9A-Z-]{19})");
        assertEquals(first, olga.get("/c/" + id + "?notice=code").find("Resume code ([0-9A-Z-]{19})"));
    }

    @Test
    void whoTriesTooManyCodesIsTold() {
        start();
        String code =
                olga.postJson("/c/" + id + "/resume-link").json().get("code").getAsString();
        Person guesser = site.person();
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    404,
                    guesser.post("/resume", "code", "0000-0000-0000-000" + i).status());
        }

        Answer refused = guesser.post("/resume", "code", code);
        Answer program = guesser.postJson("/resume", "code", code);

        assertEquals(429, refused.status());
        int wait = Integer.parseInt(refused.header("retry-after").orElseThrow());
        assertTrue(wait > 0 && wait <= 600, "seconds: " + wait);
        assertEquals(429, program.status());
        assertTrue(program.isProblemJson());
        site.pass(Duration.ofSeconds(wait));
        assertEquals(303, guesser.post("/resume", "code", code).status());
    }

    @Test
    void tooManyMailsAreRefused() {
        start();
        for (int i = 0; i < 5; i++) {
            assertEquals(303, mail("olga@example.org").status());
        }

        Answer refused = olga.postJson("/c/" + id + "/resume-link", "email", "Olga@Example.org");

        assertEquals(429, refused.status());
        assertTrue(refused.header("retry-after").isPresent());
        assertEquals(5, outbox().size());
        assertEquals(303, mail("ivan@example.org").status());
    }

    private Answer mail(String address) {
        return olga.post("/c/" + id + "/resume-link", "email", address);
    }

    static Stream<String> noAddresses() {
        return Stream.of(
                "olga@example.org\r\nBcc: eve@example.org",
                "olga@example.org\nBcc: eve@example.org",
                "olga@example.org%0d%0aBcc: eve@example.org",
                "olga@example.org,eve@example.org",
                "olga@example.org;eve@example.org",
                "olga@example.org eve@example.org",
                "Olga <olga@example.org>",
                "olga",
                "@",
                "   ",
                "\u0000olga@example.org",
                "olga@exa\u2028mple.org",
                "a".repeat(10_000) + "@example.org",
                "olga@" + "a".repeat(10_000) + ".org");
    }

    @ParameterizedTest
    @MethodSource("noAddresses")
    void whatIsNotOneAddressIsRefused(String address) {
        start();
        Map<String, String> before = site.kept();

        Answer program = olga.postJson("/c/" + id + "/resume-link", "email", address);

        assertEquals(400, program.status(), program.toString());
        assertTrue(program.isProblemJson());
        assertEquals(400, mail(address).status());
        assertEquals(before, site.kept());
    }

    /** The mail is made from the settings alone, whatever the request claims. */
    @Test
    void forgedHostsDoNotReachTheMail() throws Exception {
        start("public-url", "https://chat.example.org/holdfast/");
        Answer answer = olga.ask("POST", "/c/" + id + "/resume-link")
                .header("Host", "localhost:9")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "gopher")
                .header("Forwarded", "host=evil.example")
                .form("email", "olga@example.org")
                .send();

        assertEquals(303, answer.status());
        assertEquals("https://chat.example.org/holdfast", link().group(1));
        assertFalse(outbox().get(0).contains("evil"));
        assertFalse(outbox().get(0).contains("localhost:9"));
        assertEquals(
                421,
                olga.ask("POST", "/c/" + id + "/resume-link")
                        .header("Host", "evil.example")
                        .form("email", "olga@example.org")
                        .send()
                        .status());
    }

    @Test
    void tokenIsInNoFileButTheMailAndInNoLog() throws Exception {
        try (CapturedLog log = CapturedLog.begin()) {
            start();
            String token = token();
            open(site.person(), token);
            site.ask("GET", "/resume/" + token).header("Host", "evil.example").send();

            Map<String, String> files = site.files();
            files.keySet().removeIf(name -> name.endsWith(".eml"));
            assertFalse(files.toString().contains(token));
            assertFalse(log.text().contains(token));
        }
    }

    @Test
    void mailArrivesAtItsServer() throws Exception {
        GreenMail green = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        green.start();
        try {
            start("mail.smtp-url", "smtp://127.0.0.1:" + green.getSmtp().getPort(), "mail.from", "chat@example.org");

            Answer program = olga.postJson("/c/" + id + "/resume-link", "email", "olga@example.org");

            assertEquals(200, program.status(), program.toString());
            assertTrue(program.json().get("sent").getAsBoolean());
            assertEquals("2026-11-23T05:31:00Z", program.json().get("expires").getAsString());
            MimeMessage mail = green.getReceivedMessages()[0];
            assertEquals("olga@example.org", mail.getAllRecipients()[0].toString());
            assertEquals(1, mail.getAllRecipients().length);
            Matcher link = LINK.matcher(words(mail));
            assertTrue(link.find());
            assertEquals(303, open(site.person(), link.group(2)).status());
            assertEquals(List.of(), outbox());
            assertFalse(words(mail).contains("My name"), "nothing of the conversation");

            Answer page = mail("olga@example.org");
            assertEquals("/c/" + id + "?notice=mailed", page.header("location").orElseThrow());
            assertTrue(olga.get("/c/" + id + "?notice=mailed").text().contains("on its way"));
        } finally {
            green.stop();
        }
    }

    @Test
    void mailWaitsForADeafServerAlsoOverARestartAndItsOwnerSees() throws Exception {
        GreenMail green = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        green.start();
        int port = green.getSmtp().getPort();
        green.stop();
        String[] smtp = {"mail.smtp-url", "smtp://127.0.0.1:" + port};
        start(smtp);

        Answer program = olga.postJson("/c/" + id + "/resume-link", "email", "olga@example.org");

        assertEquals(202, program.status(), program.toString());
        assertFalse(program.json().get("sent").getAsBoolean());
        assertNotEquals("", program.json().get("trouble").getAsString());
        Answer page = mail("olga@example.org");
        assertEquals("/c/" + id + "?notice=waiting", page.header("location").orElseThrow());
        assertTrue(olga.get("/c/" + id + "?notice=waiting").text().contains("as soon as it can"));
        JsonArray unsent = olga.getJson("/c/" + id + "/resume-links").json().getAsJsonArray("unsent");
        assertEquals(2, unsent.size());
        assertEquals(
                "olga@example.org", unsent.get(0).getAsJsonObject().get("to").getAsString());
        String list = olga.get("/c/" + id + "/resume-links").text();
        assertTrue(list.contains("tried again at") && list.contains("Mails that are not sent"), list);

        green = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        green.start();
        try {
            site.close();
            site = RunningSite.start(data, ScriptedModel.answering("Yes."), smtp);
            site.pass(Duration.ofMinutes(1));
            assertTrue(green.waitForIncomingEmail(20_000, 2), "the mails came");
            Matcher link = LINK.matcher(words(green.getReceivedMessages()[1]));
            assertTrue(link.find());
            assertEquals(303, open(site.person(), link.group(2)).status());
        } finally {
            green.stop();
        }
    }

    @Test
    void noPasswordIsInWhatIsSaidOfAMailServer() throws Exception {
        start("mail.smtp-url", "smtp://olga:very-secret@127.0.0.1:1");
        Answer program = olga.postJson("/c/" + id + "/resume-link", "email", "olga@example.org");
        assertFalse(program.text().contains("very-secret"), program.toString());
        assertFalse(site.files().toString().contains("very-secret"));
        assertEquals(200, olga.get("/c/" + id).status());
    }

    @Test
    void theMailCanBeEndedWithOneRequestAsMailProgramsSendIt() throws Exception {
        start();
        String token = token();
        String mail = outbox().get(0);
        assertTrue(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), mail);
        assertTrue(
                mail.replaceAll("\r\n ", " ").contains("List-Unsubscribe: <" + site.address() + "/unsubscribe/"), mail);
        Map<String, String> before = site.kept();
        for (String method : List.of("GET", "HEAD")) {
            assertEquals(200, site.ask(method, "/unsubscribe/" + token).send().status());
        }
        assertEquals(before, site.kept(), "scanners end nothing");
        Answer ended = site.ask("POST", "/unsubscribe/" + token)
                .form("List-Unsubscribe", "One-Click")
                .send();
        Answer unknown = site.ask("POST", "/unsubscribe/" + "A".repeat(43))
                .form("List-Unsubscribe", "One-Click")
                .send();
        assertEquals(200, ended.status());
        assertEquals(ended.text(), unknown.text(), "nobody learns whether it was one");
        assertEquals(
                400,
                olga.postJson("/c/" + id + "/resume-link", "email", "olga@example.org")
                        .status());
        assertEquals(303, open(site.person(), token).status(), "the link itself still works");
    }

    @Test
    void aProgramHasOneConversationForEachChannelOfItsOwn() {
        start();
        String irc = olga.postJson("/c", "channel", "irc:holdfast", "text", "Hello")
                .json()
                .get("id")
                .getAsString();
        assertEquals(
                irc,
                olga.postJson("/c", "channel", "irc:holdfast", "text", "Hello again")
                        .json()
                        .get("id")
                        .getAsString());
        for (String other : List.of("irc:other", "IRC", "web:x", "cli:x", "mail:x", "irc:", "irc:a b", "irc:../x")) {
            Answer answer = olga.postJson("/c", "channel", other);
            assertEquals(other.equals("irc:other") ? 201 : 400, answer.status(), other);
            assertFalse(answer.text().contains(irc), other);
        }
        Person paul = site.person();
        String pauls = paul.postJson("/c", "channel", "irc:holdfast", "text", "Hello")
                .json()
                .get("id")
                .getAsString();
        assertNotEquals(irc, pauls, "of another owner");
    }
}
