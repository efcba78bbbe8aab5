package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.Ask;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route, by every method, by everybody. What stands in {@link #TABLE} is what the route table must be. */
class RoutesTest {
    private static final String READ = "GET, HEAD";
    private static final String WRITE = "POST";
    private static final String BOTH = "GET, HEAD, POST";

    private static final Map<String, String> TABLE = new TreeMap<>(Map.ofEntries(
            Map.entry("/", READ),
            Map.entry("/conversations", READ),
            Map.entry("/search", READ),
            Map.entry("/trash", READ),
            Map.entry("/events", READ),
            Map.entry("/c", WRITE),
            Map.entry("/c/{id}", READ),
            Map.entry("/c/{id}/messages", BOTH),
            Map.entry("/c/{id}/messages/{message}", READ),
            Map.entry("/c/{id}/usage", READ),
            Map.entry("/c/{id}/usage/{reply}", READ),
            Map.entry("/c/{id}/traces", READ),
            Map.entry("/c/{id}/events", READ),
            Map.entry("/c/{id}/draft", WRITE),
            Map.entry("/c/{id}/stop", WRITE),
            Map.entry("/c/{id}/undo", WRITE),
            Map.entry("/c/{id}/redo", WRITE),
            Map.entry("/c/{id}/regenerate", WRITE),
            Map.entry("/c/{id}/continue", WRITE),
            Map.entry("/c/{id}/edit", WRITE),
            Map.entry("/c/{id}/branch", WRITE),
            Map.entry("/c/{id}/keep", WRITE),
            Map.entry("/c/{id}/summary/undo", WRITE),
            Map.entry("/c/{id}/extend", WRITE),
            Map.entry("/c/{id}/resume", WRITE),
            Map.entry("/c/{id}/title", WRITE),
            Map.entry("/c/{id}/delete", WRITE),
            Map.entry("/c/{id}/restore", WRITE),
            Map.entry("/c/{id}/resume-link", WRITE),
            Map.entry("/c/{id}/resume-links", READ),
            Map.entry("/c/{id}/resume-links/revoke", WRITE),
            Map.entry("/c/{id}/idle-mail", WRITE),
            Map.entry("/resume", BOTH),
            Map.entry("/resume/again", WRITE),
            Map.entry("/resume/{token}", READ),
            Map.entry("/sign-in", BOTH),
            Map.entry("/sign-in/{token}", BOTH),
            Map.entry("/sign-out", WRITE),
            Map.entry("/sign-ins", READ),
            Map.entry("/sign-ins/end", WRITE),
            Map.entry("/sign-ins/end-others", WRITE),
            Map.entry("/claim", WRITE),
            Map.entry("/unsubscribe/{token}", BOTH),
            Map.entry("/operator", READ),
            Map.entry("/healthz", READ),
            Map.entry("/readyz", READ)));

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "FOO");

    @TempDir
    static Path data;

    private static RunningSite site;
    private static Person owner;
    private static String id;

    @BeforeAll
    static void start() {
        site = RunningSite.start(data, ScriptedModel.answering("Nice to meet you, Olga!"));
        owner = site.person();
        id = owner.beginAndHear("My name is Olga");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** A way to ask for something. */
    record Way(String route, String method) {
        boolean known() {
            return List.of(TABLE.get(route).split(", ")).contains(method);
        }

        String target(String conversation) {
            return route.replace("{id}", conversation)
                    .replace("{message}", "m1")
                    .replace("{reply}", "m2")
                    .replace("{token}", "A".repeat(43));
        }

        /** Sends what the route needs to do its work. */
        Answer send(Person person, String conversation, boolean json) {
            Ask ask = person.ask(method, target(conversation));
            if (json) {
                ask.json();
            }
            if (method.equals("POST")) {
                ask.form("text", "Hello", "title", "Olga's letters", "message", "m1", "keep", "true");
            }
            return ask.send();
        }

        @Override
        public String toString() {
            return method + " " + route;
        }
    }

    static Stream<Way> all() {
        return TABLE.keySet().stream().flatMap(route -> METHODS.stream().map(method -> new Way(route, method)));
    }

    static Stream<Way> known() {
        return all().filter(Way::known);
    }

    static Stream<Way> unknown() {
        return all().filter(way -> !way.known());
    }

    /**
     * Streams would not end by themselves, and are tried in {@link EventsTest} and {@link BrowserEventsTest}; redeeming needs a
     * real code; what is deleted cannot be asked for anything, and is in {@link TrashTest}; what leads to other branches is
     * in {@link BranchRoutesTest}, and what the model remembers in {@link MemoryRoutesTest}; where nobody signs in there is no such page, see {@link SignInPagesTest}.
     */
    static Stream<Way> answeringOwner() {
        Set<Way> others = Set.of(
                new Way("/events", "GET"),
                new Way("/c/{id}/events", "GET"),
                new Way("/resume", "POST"),
                new Way("/c/{id}/delete", "POST"));
        return known().filter(way -> !others.contains(way)
                && !BranchRoutesTest.WAYS.contains(way.route())
                && !MemoryRoutesTest.WAYS.contains(way.route())
                && !SignInPagesTest.ROUTES.contains(way.route()));
    }

    static Stream<Way> ofConversations() {
        return known().filter(way -> way.route().contains("{id}"));
    }

    @Test
    void routeTableIsTheOneThatIsTried() {
        assertEquals(TABLE.keySet(), new TreeSet<>(new Routes(null).paths()));
    }

    @ParameterizedTest
    @MethodSource("answeringOwner")
    void ownerIsAnswered(Way way) {
        for (boolean json : List.of(true, false)) {
            int status = way.send(owner, id, json).status();

            assertTrue(status >= 200 && status < 400, way + " " + status);
        }
    }

    @ParameterizedTest
    @MethodSource("ofConversations")
    void strangerIsToldThatNothingIsThere(Way way) {
        Person stranger = site.person();
        stranger.beginAndHear("I am somebody else");
        assertNotEquals(null, stranger.cookie());
        for (Person asking : List.of(stranger, site.person())) {
            for (boolean json : List.of(true, false)) {
                Answer answer = way.send(asking, id, json);

                assertEquals(404, answer.status(), way.toString());
                Answer ofNone = way.send(asking, "01aaaaaaaaaaaaaaaaaaaaaaaa", json);
                assertEquals(withoutKeys(ofNone), withoutKeys(answer));
            }
        }
    }

    /** Each page has a send key of its own. */
    private static String withoutKeys(Answer answer) {
        return answer.text().replaceAll("name=\"key\" value=\"[0-9a-f]+\"", "");
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void otherMethodIsRefusedAndTheRightOnesNamed(Way way) {
        Map<String, String> before = site.kept();

        Answer program = way.send(owner, id, true);
        Answer page = way.send(owner, id, false);

        assertEquals(405, program.status());
        assertEquals(405, page.status());
        assertTrue(program.isProblemJson(), program.toString());
        assertTrue(page.isPage() || way.method().equals("HEAD"), page.toString());
        assertEquals(TABLE.get(way.route()), page.header("allow").orElse("none"));
        assertEquals(before, site.kept());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/conversations",
                "/search?q=x",
                "/trash",
                "/resume",
                "/healthz",
                "/css/page.css",
                "/js/page.js",
                "/img/mark.svg"
            })
    void headHasTheHeadersOfGetAndNoBody(String target) {
        Answer get = owner.ask("GET", target).send();
        Answer head = owner.ask("HEAD", target).send();

        assertEquals(200, head.status());
        assertEquals(get.type(), head.type());
        assertEquals(get.header("content-length"), head.header("content-length"));
        assertEquals(0, head.body().length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x",
                "/c/",
                "/conversations/",
                "/search/",
                "/trash/x",
                "/resume/a/b",
                "/favicon.ico",
                "/c.html",
                "/img"
            })
    void unknownPathIsAPageForPeopleAndAProblemForPrograms(String target) {
        Answer page = owner.get(target);
        Answer program = owner.getJson(target);

        assertEquals(404, page.status());
        assertTrue(page.isPage(), page.toString());
        assertTrue(page.text().contains("href=\"/\""), "a way on");
        assertEquals(404, program.status());
        assertTrue(program.isProblemJson(), program.toString());
        assertEquals(Set.of("title", "status", "detail"), program.json().keySet());
        assertEquals(404, program.json().get("status").getAsInt());
    }
}
