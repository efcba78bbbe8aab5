package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.CapturedLog;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be taken is refused with a clear answer; nothing is written, and the server lives. */
@Timeout(60)
class BadInputTest {
    private static final int MOST = 1000;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String KEY = "0123456789abcdef";

    @TempDir
    static Path data;

    private static RunningSite site;
    private static Person person;
    private static String id;
    private Map<String, String> before;
    private CapturedLog log;

    @BeforeAll
    static void start() {
        site = RunningSite.start(data, ScriptedModel.answering("Yes."), "limit.message", Integer.toString(MOST));
        person = site.person();
        id = person.beginAndHear("Hello");
    }

    @BeforeEach
    void remember() {
        // What an earlier test said may still be being answered.
        while (person.getJson("/conversations").text().contains("\"running\"")) {
            Thread.onSpinWait();
        }
        before = site.kept();
        log = CapturedLog.begin();
    }

    @AfterEach
    void serverLives() {
        log.close();
        assertEquals(200, person.get("/c/" + id).status());
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** To both routes that take a message, as a program and as a person: the program's and the person's answer. */
    private void assertRefused(int status, String type, byte[] body) {
        for (String target : List.of("/c", "/c/" + id + "/messages")) {
            Answer program = person.ask("POST", target).json().body(type, body).send();
            Answer page = person.ask("POST", target).body(type, body).send();

            assertEquals(status, program.status(), program.toString());
            assertTrue(program.isProblemJson(), program.toString());
            assertEquals(status, page.status());
            assertTrue(page.isPage(), page.toString());
        }
        assertEquals(before, site.kept());
        assertEquals("", log.text());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text=", "text=+%0A%09", "text", "text=&text=second", "text=%E3%80%80"})
    void emptyMessageIsRefused(String body) {
        assertRefused(400, FORM, bytes(body));
    }

    @Test
    void messageOfExactlyTheLimitIsTaken() {
        person.beginAndHear("a".repeat(MOST));
        person.beginAndHear("é".repeat(MOST / 2));
        person.beginAndHear("😀".repeat(MOST / 4));
    }

    /** Browsers send a line break as two bytes; kept, and counted, is one. */
    @Test
    void lineBreaksOfAFormCountOnce() {
        person.beginAndHear("a\r\n".repeat(MOST / 2));
        assertEquals(413, say("a\r\n".repeat(MOST / 2) + "b").status());
    }

    @Test
    void messageBeyondTheLimitIsHandedBack() {
        String text = "é".repeat(MOST / 2) + "b";

        Answer program = say(text);
        Answer page = person.post("/c/" + id + "/messages", "text", text);
        Answer newPage = person.post("/c", "text", text);

        assertEquals(413, program.status());
        assertTrue(program.isProblemJson());
        for (Answer answer : List.of(page, newPage)) {
            assertEquals(413, answer.status());
            assertTrue(
                    answer.find("<textarea id=\"text\"[^>]*>(.*?)</textarea>").contains(text), answer.toString());
        }
        assertEquals(before, site.kept());
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000_000, 20_000_000})
    void hugeMessageIsRefused(int length) {
        assertRefused(413, FORM, bytes("text=" + "a".repeat(length)));
    }

    /** Nobody says how long it will be. */
    @Test
    void hugeMessageInChunksIsRefused() {
        String chunk = "1000\r\n" + "a".repeat(4096) + "\r\n";
        Answer answer = person.ask("POST", "/c")
                .json()
                .body(FORM, bytes(chunk.repeat(500) + "0\r\n\r\n"))
                .withoutLength()
                .header("Transfer-Encoding", "chunked")
                .send();

        assertEquals(413, answer.status());
        assertEquals(before, site.kept());
    }

    private static Answer say(String text) {
        return person.postJson("/c/" + id + "/messages", "text", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text=a\u00ff",
                "text=a%FF",
                "text=%C3",
                "text=%ED%A0%80",
                "text=%C0%80",
                "text=%E9+caf",
                "t%FFxt=a"
            })
    void invalidUtf8IsRefused(String body) {
        assertRefused(400, FORM, bytes(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text=100%", "text=%4", "text=%zz", "text=%+1", "text=a&key=%"})
    void truncatedPercentIsRefused(String body) {
        assertRefused(400, FORM, bytes(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x", "application/xml"})
    void otherTypeIsRefused(String type) {
        assertRefused(415, type, bytes("null"));
        assertRefused(415, type, bytes("{\"text\":\"Hello\"}"));
    }

    @Test
    void nullAsFormIsAnEmptyMessage() {
        Answer answer = person.ask("POST", "/c/" + id + "/messages")
                .json()
                .body(FORM, bytes("null"))
                .send();

        assertEquals(400, answer.status());
        assertEquals(before, site.kept());
    }

    static Stream<String> badKeys() {
        return Stream.of(
                "short",
                "a".repeat(65),
                "a".repeat(3_000),
                "with blank",
                "../../../../x",
                "12345678\u0000",
                "käsekuchen");
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void sendKeyOfAnotherShapeIsRefused(String key) {
        for (String target : List.of("/c", "/c/" + id + "/messages")) {
            assertEquals(
                    400, person.postJson(target, "text", "Hello", "key", key).status());
            Answer page = person.post(target, "text", "I typed this", "key", key);
            assertEquals(400, page.status());
            assertTrue(
                    page.find("<textarea id=\"text\"[^>]*>(.*?)</textarea>").contains("I typed this"), page.toString());
        }
        assertEquals(before, site.kept());
    }

    @Test
    void ofFieldsWithTheSameNameTheFirstCounts() {
        byte[] body = bytes("text=first&text=second&key=" + KEY + "&key=short");

        Answer answer = person.ask("POST", "/c").json().body(FORM, body).send();

        assertEquals(201, answer.status());
        Answer messages = person.getJson("/c/" + answer.json().get("id").getAsString() + "/messages");
        assertTrue(messages.text().contains("first"), messages.toString());
        assertFalse(messages.text().contains("second"), messages.toString());
    }

    static Stream<String> badIds() {
        return Stream.of(
                "01aaaaaaaaaaaaaaaaaaaaaaaa",
                "..",
                "../..",
                "..%2f..%2fpeople",
                "%2e%2e",
                "%2e%2e%2fpeople%2faccess",
                "%00",
                "01aaaaaaaaaaaaaaaaaaaaaaa%00",
                "%2fetc%2fpasswd",
                "/etc/passwd",
                "..%5c..",
                "C:%5c",
                "%",
                "%zz",
                "%ff",
                "null",
                "a".repeat(5000),
                "a".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("badIds")
    void idThatIsNoneIsRefused(String bad) {
        for (String end : List.of("", "/messages", "/events", "/messages/m1")) {
            assertClientFault(person.ask("GET", "/c/" + bad + end).json().send());
            assertClientFault(person.ask("GET", "/c/" + bad + end).send());
        }
        for (String end :
                List.of("/messages", "/title", "/stop", "/resume", "/extend", "/delete", "/restore", "/resume-link")) {
            assertClientFault(person.ask("POST", "/c/" + bad + end)
                    .json()
                    .form("text", "a", "title", "b")
                    .send());
        }
        assertClientFault(person.getJson("/c/" + id + "/messages/" + bad));
        assertEquals(before, site.kept());
        assertEquals("", log.text());
    }

    @Test
    void idOfAConversationIsTakenAsItIsOnly() {
        assertEquals(200, person.getJson("/c/" + id + "/messages").status());
        for (String other :
                List.of(id.toUpperCase(), id + ";x=y", id + "%20", "./" + id + "x", "%30" + id.substring(1))) {
            assertClientFault(person.getJson("/c/" + other + "/messages"));
        }
    }

    private static void assertClientFault(Answer answer) {
        assertTrue(answer.status() >= 400 && answer.status() < 500, answer.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0", "limit=-1", "limit=x", "limit=", "limit=201", "limit=99999999999999999999", "limit=1e2",
                "limit=%zz", "limit=%ff", "before=unknown", "before=", "before=m1&limit=x", "before=%ff", "before=%"
            })
    void questionThatMakesNoSenseIsRefused(String query) {
        Answer answer = person.getJson("/c/" + id + "/messages?" + query);

        assertEquals(400, answer.status(), answer.toString());
        assertTrue(answer.isProblemJson());
        assertEquals("", log.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/conversations?after=",
                "/conversations?after=m1",
                "/conversations?after=..%2f..%2fpeople",
                "/conversations?after=%00",
                "/conversations?limit=0",
                "/conversations?limit=201",
                "/conversations?limit=x",
                "/?after=x",
                "/c/ID?after=x",
                "/trash?limit=-1",
                "/search?q=%ff",
                "/search?q=%",
                "/trash?x=%zz"
            })
    void questionToAListThatMakesNoSenseIsRefused(String target) {
        Answer page = person.get(target.replace("ID", id));
        Answer program = person.getJson(target.replace("ID", id));

        assertEquals(400, page.status(), page.toString());
        assertTrue(page.isPage(), page.toString());
        assertEquals(400, program.status(), program.toString());
        assertTrue(program.isProblemJson(), program.toString());
        assertEquals("", log.text());
    }

    @Test
    void searchOfTheLimitIsTakenAndOneMoreRefused() {
        assertEquals(200, person.getJson("/search?q=" + "a".repeat(200)).status());
        assertEquals(400, person.getJson("/search?q=" + "a".repeat(201)).status());
        assertEquals(200, person.get("/search?q=" + "a".repeat(200)).status());
        assertEquals(400, person.get("/search?q=" + "a".repeat(201)).status());
    }

    /** Whatever the search makes of it: words with a meaning of their own, half a pair, nothing but marks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%22",
                "%2B%2B",
                "a+AND",
                "(",
                ")",
                "%5C",
                "*",
                "a*",
                "%3F",
                "a%7E0.9",
                "%5Ba+TO",
                "title%3Ax",
                "%2F%2F",
                "%00",
                "%F0%9F%98%80",
                "%E3%80%80",
                "--",
                "%3Cscript%3E",
                "a%0Ab",
                "-a",
                "%26%26",
                "NOT",
                "%7B",
                "%5E5"
            })
    void searchForAnythingIsAnswered(String words) {
        Answer program = person.getJson("/search?q=" + words);

        assertEquals(200, program.status(), program.toString());
        assertTrue(program.json().has("hits"), program.toString());
        int page = person.get("/search?q=" + words).status();
        assertTrue(page == 200 || page == 303, "status " + page);
        assertEquals("", log.text());
    }

    @Test
    void questionThatMakesSenseIsAnswered() {
        assertEquals(200, person.getJson("/c/" + id + "/messages?limit=1").status());
        assertEquals(200, person.getJson("/c/" + id + "/messages?limit=200").status());
        assertEquals(
                200, person.getJson("/c/" + id + "/messages?before=m2&limit=1").status());
        assertEquals(200, person.get("/c/" + id + "/messages?before=m2").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/c/ID?notice=%zz",
                "/c/ID/events?after=%",
                "/conversations?current=%ff",
                "/search?q=%ff",
                "/trash?limit=%"
            })
    void malformedQueryIsRefused(String target) {
        Answer answer = person.getJson(target.replace("ID", id));

        assertEquals(400, answer.status(), answer.toString());
        assertTrue(answer.isProblemJson());
        assertEquals("", log.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines", "a\u0007b"})
    void titleThatIsNoneIsRefused(String title) {
        assertEquals(400, person.postJson("/c/" + id + "/title", "title", title).status());
        assertEquals(before, site.kept());
    }

    @Test
    void titleOfTheLimitIsTakenAndOneMoreRefused() {
        assertEquals(
                200,
                person.postJson("/c/" + id + "/title", "title", "a".repeat(200)).status());
        assertEquals(
                400,
                person.postJson("/c/" + id + "/title", "title", "a".repeat(201)).status());
    }

    /** Whoever hangs up in mid-sentence is no fault of ours. */
    @Test
    void senderWhoHangsUpChangesNothing() throws Exception {
        person.ask("POST", "/c")
                .header("Content-Length", "1000")
                .body(FORM, bytes("text=half"))
                .open()
                .close();

        Answer after = person.getJson("/conversations");
        assertEquals(200, after.status());
        assertEquals(before, site.kept());
        assertEquals("", log.text());
    }
}
