package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.Ask;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import dev.holdfast.config.SettingsException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server behind a proxy that knows people. */
class ProxyAuthenticationTest {
    @TempDir
    Path data;

    private RunningSite site;

    private void start(String... settings) {
        site = RunningSite.start(data, ScriptedModel.answering("Nice to meet you, Olga!"), settings);
    }

    private void startBehindProxyAt(String address) {
        start("auth", "proxy", "proxies", address);
    }

    @AfterEach
    void stop() {
        if (site != null) {
            site.close();
        }
    }

    private Ask as(String name, String method, String target) {
        return site.ask(method, target).json().header("X-Forwarded-User", name);
    }

    private String begin(String name) {
        return as(name, "POST", "/c")
                .form("text", "Hello")
                .send()
                .json()
                .get("id")
                .getAsString();
    }

    @Test
    void peopleAreWhomTheProxyNames() {
        startBehindProxyAt("127.0.0.1");
        String id = begin("olga");
        assertEquals(200, as("olga", "GET", "/c/" + id + "/messages").send().status());
        assertEquals(404, as("paul", "GET", "/c/" + id + "/messages").send().status());
        assertEquals(404, as("Olga", "GET", "/c/" + id + "/messages").send().status(), "names are letter by letter");
        Answer page = site.ask("GET", "/").header("X-Forwarded-User", "olga").send();
        assertTrue(page.text().contains("Signed in as olga"), page.text());
        assertFalse(page.text().contains("Sign out"), "that is the proxy's");
        assertTrue(page.header("set-cookie").isEmpty());
    }

    @Test
    void anAddressIsTheSamePersonInWhateverLetters() {
        startBehindProxyAt("127.0.0.1");
        String id = begin("Olga@Example.org");
        assertEquals(
                200,
                as("olga@example.org", "GET", "/c/" + id + "/messages").send().status());
    }

    /** Somebody reaches the server past the proxy and says who they are. */
    @Test
    void whoDoesNotComeFromTheProxyIsNobody() {
        startBehindProxyAt("192.0.2.7");
        List<RoutesTest.Way> ways = RoutesTest.known()
                .filter(way -> way.route().contains("{id}") || way.route().equals("/conversations"))
                .toList();
        assertTrue(ways.size() > 20, ways.toString());
        for (RoutesTest.Way way : ways) {
            Ask forged = site.ask(way.method(), way.target("01aaaaaaaaaaaaaaaaaaaaaaaa"))
                    .header("X-Forwarded-User", "olga")
                    .header("X-Forwarded-For", "192.0.2.7")
                    .header("Forwarded", "for=192.0.2.7");
            assertEquals(403, forged.send().status(), way.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb", "é"})
    void whomTheProxyDoesNotNameIsNobody(String name) {
        startBehindProxyAt("127.0.0.1");
        int status = as(name, "GET", "/conversations").send().status();
        assertTrue(status == 403 || name.equals("é") && status == 200, "status " + status);
    }

    @Test
    void whoIsNotNamedOrTwiceIsNobody() {
        startBehindProxyAt("127.0.0.1");
        assertEquals(403, site.ask("GET", "/conversations").json().send().status());
        Ask twice = as("olga", "GET", "/conversations").header("x-forwarded-user", "paul");
        assertEquals(403, twice.send().status());
        assertEquals(403, as("o".repeat(201), "GET", "/conversations").send().status());
        assertEquals(200, site.ask("GET", "/healthz").send().status(), "health is nobody's secret");
    }

    @Test
    void theHeaderCanBeAnother() {
        start("auth", "proxy", "proxies", "127.0.0.1, ::1", "auth.header", "Remote-User");
        assertEquals(403, as("olga", "GET", "/conversations").send().status());
        assertEquals(
                200,
                site.ask("GET", "/conversations")
                        .header("Remote-User", "olga")
                        .send()
                        .status());
    }

    @Test
    void whatABrowserBeganBeforeCanBeClaimed() {
        start();
        Person olga = site.person();
        String id = olga.beginAndHear("My name is Olga");
        site.close();
        startBehindProxyAt("127.0.0.1");
        Person now = olga.at(site);
        Answer page = now.ask("GET", "/").header("X-Forwarded-User", "olga").send();
        assertTrue(page.text().contains("One conversation was begun in this browser"), page.text());
        Answer moved = now.ask("POST", "/claim")
                .header("X-Forwarded-User", "olga")
                .form("answer", "move")
                .send();
        assertEquals(303, moved.status());
        assertTrue(moved.header("set-cookie").orElse("").contains("Max-Age=0"), moved.toString());
        assertEquals(200, as("olga", "GET", "/c/" + id + "/messages").send().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "127.0.0", "10.0.0.0/8", "127.0.0.1;10.0.0.1"})
    void whatIsNoAddressIsNamedAtTheStart(String wrong) {
        SettingsException refused = assertThrows(SettingsException.class, () -> startBehindProxyAt(wrong));
        assertTrue(refused.getMessage().startsWith("proxies: “" + wrong + "”"), refused.getMessage());
    }

    @Test
    void settingsThatWouldLetEverybodyInByMistakeAreRefused() {
        for (List<String> wrong : List.of(
                List.of("auth", "email"),
                List.of("auth", "proxy"),
                List.of("auth", "ldap"),
                List.of("auth.operators", "olga@example.org"))) {
            assertThrows(SettingsException.class, () -> start(wrong.toArray(String[]::new)), wrong.toString());
        }
    }
}
