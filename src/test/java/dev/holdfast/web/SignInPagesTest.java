package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.holdfast.Answer;
import dev.holdfast.CapturedLog;
import dev.holdfast.Events;
import dev.holdfast.Person;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server that lets in whom it knows by their mail, and through its pages. */
class SignInPagesTest extends MailedSignIns {
    /** Not there where nobody signs in. */
    static final List<String> ROUTES = List.of(
            "/sign-in",
            "/sign-in/{token}",
            "/sign-out",
            "/claim",
            "/sign-ins/end",
            "/sign-ins/end-others",
            "/sign-ins",
            "/operator");

    private static final Set<String> FOR_EVERYBODY = Set.of(
            "/sign-in",
            "/sign-in/{token}",
            "/sign-out",
            "/resume/again",
            "/resume/{token}",
            "/unsubscribe/{token}",
            "/healthz",
            "/readyz");

    /** Each route, with the id of somebody's conversation in it and without a sign-in, is refused alike. */
    @Test
    void whoIsNotSignedInIsAskedToBe() throws Exception {
        String id = olga().begin("My name is Olga");
        List<RoutesTest.Way> ways = RoutesTest.known()
                .filter(way -> !FOR_EVERYBODY.contains(way.route()))
                .filter(way -> !way.route().equals("/resume") || way.method().equals("POST"))
                .toList();
        assertTrue(ways.size() > 30, ways.toString());
        for (RoutesTest.Way way : ways) {
            for (String conversation : List.of(id, "01aaaaaaaaaaaaaaaaaaaaaaaa")) {
                Answer page = way.send(site.person(), conversation, false);
                Answer program = way.send(site.person(), conversation, true);
                assertEquals(401, page.status(), way + " " + page);
                assertEquals(401, program.status(), way + " " + program);
                assertFalse(page.text().contains("Olga"), way.toString());
                if (!way.method().equals("HEAD")) {
                    assertTrue(page.text().contains("action=\"/sign-in\""), page.text());
                    assertTrue(program.isProblemJson(), program.toString());
                }
            }
        }
    }

    @Test
    void peopleComeInByMailAndSeeTheirOwnFromAnyBrowser() throws Exception {
        Person desk = olga();
        String id = desk.beginAndHear("My name is Olga");
        Person phone = signIn(site.person(), "OLGA@example.org");
        assertTrue(phone.get("/c/" + id).text().contains("Nice to meet you, Olga!"));
        assertTrue(phone.get("/").text().contains("Signed in as olga@example.org"));
        Person paul = signIn(site.person(), "paul@example.org");
        assertEquals(404, paul.get("/c/" + id).status());
        assertEquals(
                0,
                paul.getJson("/conversations")
                        .json()
                        .getAsJsonArray("conversations")
                        .size());
    }

    @Test
    void theLinkLeadsWhereThePersonWasGoing() throws Exception {
        Person olga = olga();
        String id = olga.begin("Hello");
        Person phone = site.person();
        Answer refused = phone.get("/c/" + id + "/resume-links");
        assertEquals("/c/" + id, refused.find("name=\"path\" value=\"([^\"]*)\""));
        phone.post("/sign-in", "email", OLGA, "path", "/c/" + id);
        Answer entered = phone.post("/sign-in/" + token(OLGA));
        assertEquals("/c/" + id, entered.header("location").orElseThrow());
    }

    @Test
    void theLinkLeadsNowhereElse() throws Exception {
        for (String path : List.of("https://evil.example", "//evil.example", "/\\evil", "/c/../x", "/sign-out")) {
            Person phone = site.person();
            phone.post("/sign-in", "email", OLGA, "path", path);
            assertEquals(
                    "/",
                    phone.post("/sign-in/" + token(OLGA)).header("location").orElseThrow(),
                    path);
        }
    }

    @Test
    void scannersOfMailsUseNothingUp() throws Exception {
        site.person().post("/sign-in", "email", OLGA);
        String token = token(OLGA);
        Map<String, String> before = site.kept();
        for (int i = 0; i < 50; i++) {
            for (String method : List.of("GET", "HEAD")) {
                assertEquals(200, site.ask(method, "/sign-in/" + token).send().status());
            }
        }
        assertEquals(before, site.kept());
        Answer page = site.person().get("/sign-in/" + token);
        assertTrue(page.text().contains(OLGA), page.text());
        assertEquals(303, site.person().post("/sign-in/" + token).status());
        assertEquals(404, site.person().post("/sign-in/" + token).status(), "once");
        assertEquals(404, site.person().get("/sign-in/" + token).status());
    }

    @Test
    void theAnswerIsTheSameWhetherAnAddressMaySignIn() throws Exception {
        Answer known = site.person().post("/sign-in", "email", OLGA);
        token(OLGA);
        Answer unknown = site.person().post("/sign-in", "email", "eve@evil.example");
        assertEquals(known.text(), unknown.text());
        assertEquals(known.status(), unknown.status());
        assertEquals(
                202,
                site.person().postJson("/sign-in", "email", "eve@evil.example").status());
        signIn(site.person(), "paul@example.org");
        assertEquals(0, mailServer.getReceivedMessagesForDomain("evil.example").length, "and none went there");
    }

    @Test
    void theMailCarriesTheConfiguredAddressWhateverTheHostSays() throws Exception {
        restart("auth", "email", "auth.allow", "*", "public-url", "https://chat.example.org/x");
        Answer asked = site.ask("POST", "/sign-in")
                .header("Host", "localhost")
                .header("X-Forwarded-Host", "evil.example")
                .form("email", OLGA)
                .send();
        assertEquals(200, asked.status());
        token(OLGA);
        MimeMessage mail = mailServer.getReceivedMessages()[0];
        String words =
                (String) ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
        assertTrue(words.contains("https://chat.example.org/x/sign-in/"), words);
    }

    @Test
    void whatWasTypedComesBackWithThePageThatAsksToSignIn() throws Exception {
        Person olga = olga();
        String id = olga.begin("Hello");
        site.pass(Duration.ofDays(30));
        Answer refused = olga.post("/c/" + id + "/messages", "text", "A long letter <b>", "key", "abcdefgh-1");
        assertEquals(401, refused.status());
        assertTrue(refused.text().contains("A long letter &lt;b&gt;"), refused.text());
        assertEquals("/c/" + id + "/messages", refused.find("action=\"(/c/[^\"]*)\""));
        assertEquals("abcdefgh-1", refused.find("name=\"key\" value=\"([^\"]*)\""));
        signIn(olga, OLGA);
        Answer sent = olga.post("/c/" + id + "/messages", "text", "A long letter <b>", "key", "abcdefgh-1");
        assertEquals(303, sent.status());
        assertTrue(olga.get("/c/" + id).text().contains("A long letter &lt;b&gt;"));
    }

    @Test
    void anEditComesBackWithTheMessageThatItWasForAndWithNothingElse() throws Exception {
        Person olga = olga();
        String id = olga.beginAndHear("My name is Olga");
        site.pass(Duration.ofDays(30));
        String[] typed = {"message", "m1", "text", "My name is Anna", "key", "abcdefgh-1"};
        Answer refused = olga.post(
                "/c/" + id + "/edit",
                Stream.concat(Stream.of(typed), Stream.of("other", "mine")).toArray(String[]::new));
        assertEquals(401, refused.status());
        assertEquals("/c/" + id + "/edit", refused.find("action=\"(/c/[^\"]*)\""));
        assertEquals("m1", refused.find("name=\"message\" value=\"([^\"]*)\""));
        assertFalse(refused.text().contains("name=\"other\""), refused.text());
        signIn(olga, OLGA);
        assertEquals(303, olga.post("/c/" + id + "/edit", typed).status());
        assertTrue(olga.get("/c/" + id).text().contains("My name is Anna"));
    }

    @Test
    void aNewMessageComesBackForNoOther() throws Exception {
        Person olga = olga();
        String id = olga.begin("Hello");
        site.pass(Duration.ofDays(30));
        Answer refused = olga.post("/c/" + id + "/messages", "text", "A long letter");
        assertTrue(refused.text().contains("A long letter"), refused.text());
        assertFalse(refused.text().contains("name=\"message\""), refused.text());
    }

    @Test
    void signingOutEndsItAndTheStreamsWithIt() throws Exception {
        Person olga = olga();
        String id = olga.beginAndHear("Hello");
        Person other = signIn(site.person(), OLGA);
        try (Events mine = olga.events("/c/" + id + "/events");
                Events others = other.events("/c/" + id + "/events")) {
            Answer out = olga.post("/sign-out");
            assertEquals("/sign-in", out.header("location").orElseThrow());
            assertEquals(401, olga.get("/c/" + id).status());
            assertEnds(mine);
            assertEquals(
                    202,
                    other.postJson("/c/" + id + "/messages", "text", "Still here")
                            .status());
            others.await("done");
        }
    }

    @Test
    void aResumeLinkIsForItsRecipient() throws Exception {
        Person olga = olga();
        String id = olga.beginAndHear("My name is Olga");
        assertEquals(
                200,
                olga.postJson("/c/" + id + "/resume-link", "email", "Paul@example.org")
                        .status());
        String token = token("paul@example.org");
        assertEquals(200, site.person().get("/resume/" + token).status());
        assertEquals(401, site.person().post("/resume", "token", token).status());
        Person eve = signIn(site.person(), "eve@example.org");
        assertEquals(403, eve.post("/resume", "token", token).status());
        assertEquals(404, eve.get("/c/" + id).status());
        Person paul = signIn(site.person(), "paul@example.org");
        assertEquals(303, paul.post("/resume", "token", token).status());
        assertTrue(paul.get("/c/" + id).text().contains("Nice to meet you, Olga!"));
    }

    @Test
    void aCodeIsForAnybodyWhoMaySignIn() throws Exception {
        Person olga = olga();
        String id = olga.beginAndHear("Hello");
        String code =
                olga.postJson("/c/" + id + "/resume-link").json().get("code").getAsString();
        assertEquals(401, site.person().post("/resume", "code", code).status());
        assertEquals(
                303,
                signIn(site.person(), "paul@example.org")
                        .post("/resume", "code", code)
                        .status());
    }

    @Test
    void whatABrowserBeganBeforeIsOfferedOnceAndMoved() throws Exception {
        restart();
        Person olga = site.person();
        String id = olga.beginAndHear("My name is Olga");
        String cookie = olga.cookie();
        restart("auth", "email", "auth.allow", "@example.org");
        olga = signIn(olga.at(site), OLGA);
        assertNotEquals(cookie, olga.cookie(), "a new secret");
        assertEquals(404, olga.get("/c/" + id).status());
        assertTrue(olga.get("/").text().contains("One conversation was begun in this browser"), "asked");
        assertEquals(400, olga.post("/claim", "answer", "perhaps").status());
        assertEquals(303, olga.post("/claim", "answer", "move").status());
        assertTrue(olga.get("/c/" + id).text().contains("Nice to meet you, Olga!"));
        assertFalse(olga.get("/").text().contains("begun in this browser"), "not asked again");
        assertEquals(404, olga.post("/claim", "answer", "move").status());
        restart("auth", "email", "auth.allow", "@example.org");
        assertTrue(olga.at(site).get("/c/" + id).text().contains("Nice to meet you, Olga!"));
    }

    @Test
    void whatABrowserBeganBeforeCanBeLeft() throws Exception {
        restart();
        Person olga = site.person();
        String id = olga.beginAndHear("My name is Olga");
        restart("auth", "email", "auth.allow", "@example.org");
        olga = signIn(olga.at(site), OLGA);
        assertEquals(303, olga.post("/claim", "answer", "leave").status());
        assertFalse(olga.get("/").text().contains("begun in this browser"));
        assertEquals(404, olga.get("/c/" + id).status());
    }

    @Test
    void operatorsSeeCountsAndNothingElse() throws Exception {
        restart("auth", "email", "auth.allow", "@example.org", "auth.operators", "Olga@example.org");
        Person paul = signIn(site.person(), "paul@example.org");
        String id = paul.beginAndHear("My name is Paul");
        assertEquals(404, paul.get("/operator").status());
        assertFalse(paul.get("/").text().contains("/operator"));
        Person olga = signIn(site.person(), OLGA);
        assertTrue(olga.get("/").text().contains("href=\"/operator\""));
        String page = olga.get("/operator").text();
        assertTrue(page.contains("Replies being written"), page);
        assertFalse(page.contains("Paul") || page.contains("paul") || page.contains(id), page);
        JsonObject counts = olga.getJson("/operator").json();
        assertEquals(1, counts.get("conversations").getAsInt());
        assertEquals(2, counts.get("signedIn").getAsInt());
        assertTrue(counts.get("freeBytes").getAsLong() > 0);
        assertEquals(404, olga.get("/c/" + id).status(), "no content");
    }

    @Test
    void whereNobodySignsInThereIsNoSuchPage() {
        restart();
        Person somebody = site.person();
        somebody.begin("Hello");
        for (String route : ROUTES.subList(0, 6)) {
            assertEquals(
                    404,
                    somebody.post(route.replace("{token}", "A".repeat(43)), "answer", "move")
                            .status(),
                    route);
        }
        for (String page : List.of("/sign-in", "/sign-ins", "/operator")) {
            assertEquals(404, somebody.get(page).status(), page);
        }
        assertFalse(somebody.get("/").text().contains("Sign"), "nor a word about it");
    }

    @Test
    void noLogHasATokenOrAnAddress() throws Exception {
        try (CapturedLog log = CapturedLog.begin()) {
            Person olga = olga();
            olga.beginAndHear("Hello");
            olga.post("/sign-out");
            mailServer.stop();
            site.person().post("/sign-in", "email", OLGA);
            site.close();
            String ours = log.text()
                    .lines()
                    .filter(line -> !line.contains(":cigu.")) // the mail server of the test
                    .collect(Collectors.joining("\n"));
            assertTrue(ours.contains("was not mailed"), ours);
            assertFalse(ours.contains(OLGA), ours);
            assertFalse(ours.matches("(?s).*[A-Za-z0-9_-]{43}.*"), ours);
        }
    }
}
