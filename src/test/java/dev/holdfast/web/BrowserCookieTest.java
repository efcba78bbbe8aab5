package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.CapturedLog;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cookie that tells whose browser it is. */
class BrowserCookieTest {
    private static final String SHAPE = "holdfast=[A-Za-z0-9_-]{43}";

    @TempDir
    Path data;

    private RunningSite site(String... settings) {
        return RunningSite.start(data, ScriptedModel.answering("Yes."), settings);
    }

    private static Set<String> attributes(Answer answer) {
        String cookie = answer.header("set-cookie").orElseThrow();
        Set<String> parts = new HashSet<>(Arrays.asList(cookie.split("; ")));
        parts.removeIf(part -> part.startsWith("Max-Age="));
        assertTrue(parts.removeIf(part -> part.matches(SHAPE)), cookie);
        return parts;
    }

    @Test
    void cookieIsOutOfReachOfScriptsAndOtherSites() {
        try (RunningSite site = site()) {
            assertEquals(
                    Set.of("Path=/", "HttpOnly", "SameSite=Lax"),
                    attributes(site.person().get("/")));
        }
    }

    @Test
    void cookieTravelsByHttpsOnlyWhereThePageDoes() {
        try (RunningSite site = site("public-url", "https://chat.example.org")) {
            assertEquals(
                    Set.of("Path=/", "HttpOnly", "SameSite=Lax", "Secure"),
                    attributes(site.person().get("/")));
            assertEquals(
                    "max-age=31536000",
                    site.person().get("/").header("strict-transport-security").orElse(""));
        }
        try (RunningSite site = site("public-url", "http://chat.example.org")) {
            Answer page = site.person().get("/");
            assertFalse(attributes(page).contains("Secure"));
            assertFalse(page.headers().containsKey("strict-transport-security"));
        }
    }

    @Test
    void everyBrowserHasItsOwnAndKeepsIt() {
        try (RunningSite site = site()) {
            Person olga = site.person();
            olga.get("/");
            String cookie = olga.cookie();

            Answer again = olga.get("/");
            Person other = site.person();
            other.get("/");

            assertFalse(again.headers().containsKey("set-cookie"), "a valid one is kept");
            assertEquals(cookie, olga.cookie());
            assertNotEquals(cookie, other.cookie());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "../../x",
                "h:0123",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%"
            })
    void malformedCookieIsReplaced(String value) {
        try (RunningSite site = site()) {
            Answer answer =
                    site.ask("GET", "/").header("Cookie", "holdfast=" + value).send();

            assertEquals(200, answer.status());
            attributes(answer);
        }
    }

    /** What a browser made up itself is a browser's own, and opens nothing of anybody else's. */
    @Test
    void cookieOfTheRightShapeOpensOnlyItsOwn() {
        try (RunningSite site = site()) {
            String id = site.person().beginAndHear("Hello");

            Answer answer = site.ask("GET", "/c/" + id)
                    .header("Cookie", "holdfast=" + "A".repeat(43))
                    .send();

            assertEquals(404, answer.status());
        }
    }

    @Test
    void secretIsInNoFileAndInNoLog() {
        try (CapturedLog log = CapturedLog.begin();
                RunningSite site = site()) {
            Person olga = site.person();
            String id = olga.beginAndHear("Hello");
            olga.post("/c/" + id + "/resume-link", "email", "olga@example.org");
            olga.get("/c/" + id + "?notice=code");
            olga.get("/nothing");

            assertFalse(site.files().toString().contains(olga.cookie()));
            assertFalse(log.text().contains(olga.cookie()));
            assertTrue(site.files().toString().contains("\"owner\":\"h:"), "what is kept is its hash");
        }
    }
}
