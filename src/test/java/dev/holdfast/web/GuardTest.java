package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.Ask;
import dev.holdfast.Events;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask at all, and what every answer carries. */
class GuardTest {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";
    private static final String PUBLIC = "https://chat.example.org";

    @TempDir
    static Path data;

    private static RunningSite site;
    private static Person person;
    private static String id;

    @BeforeAll
    static void start() {
        site = RunningSite.start(data, ScriptedModel.answering("Yes."), "public-url", PUBLIC + "/");
        person = site.person();
        id = person.beginAndHear("Hello");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String port() {
        return ":" + site.address().getPort();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:80",
                "localhost.evil.example",
                "chat.example.org.evil.example",
                "example.org",
                "127.0.0.2",
                "0.0.0.0",
                "[::2]",
                "localhost."
            })
    void hostOfAnotherNameIsMisdirected(String host) {
        for (String method : List.of("GET", "POST")) {
            for (String target : List.of("/", "/c/" + id, "/healthz", "/css/page.css", "/js/page.js", "/nothing")) {
                Answer page = person.ask(method, target).header("Host", host).send();
                Answer program =
                        person.ask(method, target).header("Host", host).json().send();

                assertEquals(421, page.status(), target);
                assertTrue(page.isPage());
                assertTrue(program.isProblemJson());
                assertEquals(421, program.status());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "127.0.0.1",
                "127.0.0.1:1234",
                "[::1]",
                "chat.example.org",
                "Chat.Example.ORG:443"
            })
    void hostOfOurNamesIsAnswered(String host) {
        assertEquals(
                200, person.ask("GET", "/c/" + id).header("Host", host).send().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "X-Original-Host"})
    void forwardedHostIsNotBelieved(String header) {
        Answer wrong = person.ask("GET", "/")
                .header("Host", "evil.example")
                .header(header, "localhost")
                .send();
        Answer right = person.ask("GET", "/").header(header, "evil.example").send();

        assertEquals(421, wrong.status());
        assertEquals(200, right.status());
        assertFalse(right.text().contains("evil.example"));
        assertEquals(
                421,
                person.ask("GET", "/")
                        .header("Host", "evil.example")
                        .header("Forwarded", "host=localhost")
                        .send()
                        .status());
    }

    /** A request line may name a host, too; then that one counts or the request is malformed. */
    @Test
    void hostInTheRequestLineIsLookedAt() {
        Answer answer = person.ask("GET", "http://evil.example/").send();

        assertTrue(answer.status() == 421 || answer.status() == 400, answer.toString());
    }

    private static Ask unsafe() {
        return person.ask("POST", "/c/" + id + "/title").form("title", "Changed by a stranger");
    }

    private static void assertRefused(Ask unsafe) {
        Map<String, String> before = site.kept();

        Answer answer = unsafe.send();

        assertEquals(403, answer.status());
        assertTrue(answer.isPage());
        assertEquals(before, site.kept());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "", "SAME-ORIGIN", "nonsense"})
    void requestThatAnotherSiteMakesIsRefused(String fetchSite) {
        assertRefused(unsafe().header("Sec-Fetch-Site", fetchSite));
        assertRefused(unsafe().header("Sec-Fetch-Site", fetchSite)
                .header("Origin", "http://" + site.address().getAuthority()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void requestOfOurPageIsTaken(String fetchSite) {
        assertEquals(303, unsafe().header("Sec-Fetch-Site", fetchSite).send().status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "",
                "http://chat.example.org",
                "https://chat.example.org:8443",
                "https://chat.example.org.evil.example",
                "https://evil.example/https://chat.example.org",
                "http://localhost:1",
                "file://"
            })
    void otherOriginIsRefused(String origin) {
        assertRefused(unsafe().header("Origin", origin));
    }

    /** Browsers leave out the port that the scheme has anyway. */
    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080",
        "127.0.0.1:8080, http://127.0.0.1:8080",
        "localhost, http://localhost",
        "[::1]:8080, http://[::1]:8080",
        "chat.example.org, https://chat.example.org",
        "localhost:8080, https://chat.example.org"
    })
    void ownOriginIsTaken(String host, String origin) {
        assertEquals(
                303,
                unsafe().header("Host", host).header("Origin", origin).send().status());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://127.0.0.1:8080",
        "localhost:8080, http://localhost:8081",
        "localhost, https://localhost"
    })
    void otherNameOrPortOfThisMachineIsAnotherOrigin(String host, String origin) {
        assertRefused(unsafe().header("Host", host).header("Origin", origin));
    }

    /** Programs that are no browsers say nothing. */
    @Test
    void requestThatSaysNothingIsTaken() {
        assertEquals(303, unsafe().send().status());
    }

    @Test
    void linkFromAnotherSiteMayLeadHere() {
        Answer answer = person.ask("GET", "/c/" + id)
                .header("Sec-Fetch-Site", "cross-site")
                .send();

        assertEquals(200, answer.status());
    }

    private static void assertGuarded(Answer answer) {
        assertEquals(POLICY, answer.header("content-security-policy").orElse("none"), answer.toString());
        assertEquals("nosniff", answer.header("x-content-type-options").orElse("none"), answer.toString());
        assertEquals("same-origin", answer.header("referrer-policy").orElse("none"), answer.toString());
        assertFalse(answer.headers().containsKey("server"), answer.toString());
        assertFalse(answer.headers().containsKey("x-powered-by"), answer.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /c/ID, 200",
        "GET, /c/ID/messages, 200",
        "GET, /conversations, 200",
        "GET, /search?q=x, 200",
        "GET, /search, 303",
        "GET, /trash, 200",
        "GET, /healthz, 200",
        "GET, /resume/x, 200",
        "GET, /css/page.css, 200",
        "GET, /js/page.js, 200",
        "GET, /img/mark.svg, 200",
        "POST, /c/ID/stop, 303",
        "GET, /nothing, 404",
        "GET, /css/nothing.css, 404",
        "GET, /css/, 403",
        "PUT, /, 405",
        "DELETE, /js/page.js, 405",
        "POST, /css/page.css, 405",
        "POST, /c, 415",
        "GET, /%2e%2e/x, 400",
        "GET, /%zz, 400",
        "GET, /css/..%2fx, 400"
    })
    void everyAnswerIsGuarded(String method, String target, int status) {
        String path = target.replace("ID", id);
        Ask page = person.ask(method, path);
        Ask program = person.ask(method, path).json();
        if (status == 415) {
            page.body("text/plain", new byte[1]);
            program.body("text/plain", new byte[1]);
        }
        Answer answer = page.send();
        assertEquals(status, answer.status());
        assertGuarded(answer);
        assertGuarded(program.send());
    }

    @Test
    void refusalsAndStreamsAreGuarded() {
        assertGuarded(person.ask("GET", "/").header("Host", "evil.example").send());
        assertGuarded(unsafe().header("Origin", "null").send());
        assertGuarded(person.ask("GET", "/" + "a".repeat(20_000)).send());
        assertGuarded(
                person.ask("GET", "/").header("X-Long", "a".repeat(20_000)).send());
        assertGuarded(person.ask("GET", "/").header("Host", "a b").send());
        try (Events events = person.events("/c/" + id + "/events")) {
            assertGuarded(events.head());
        }
    }
}
