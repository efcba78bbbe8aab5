package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.Ask;
import dev.holdfast.Events;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import dev.holdfast.web.RoutesTest.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks for too much, on every route: told when to come again, and let in then. */
class LimitsTest {
    private static final String TEXT = "<textarea id=\"text\"[^>]*>(.*?)</textarea>";

    /** What ends something, costs nothing, or has limits of its own. */
    private static final Set<String> FREE = Set.of(
            "/c/{id}/stop",
            "/c/{id}/extend",
            "/resume/again",
            "/unsubscribe/{token}",
            "/sign-in",
            "/sign-in/{token}",
            "/sign-out");

    @TempDir
    Path data;

    private RunningSite site;

    @AfterEach
    void stop() {
        site.close();
    }

    private RunningSite start(String... settings) {
        site = RunningSite.start(data, ScriptedModel.answering("Yes."), settings);
        return site;
    }

    private static void assertToWait(int seconds, Answer answer) {
        assertEquals(429, answer.status(), answer.toString());
        assertEquals(Integer.toString(seconds), answer.header("retry-after").orElse("none"));
        assertTrue(answer.isProblemJson() || answer.isPage(), answer.toString());
    }

    private static String limited(Way way) {
        return way.route().equals("/search") ? "/search?q=lighthouse" : way.route();
    }

    /** What changes something, and the search. */
    static Stream<Way> fenced() {
        return RoutesTest.known()
                .filter(way -> way.method().equals("POST") && !FREE.contains(way.route())
                        || way.route().equals("/search") && way.method().equals("GET"));
    }

    private static Answer send(Way way, Person person, String id, boolean json) {
        return new Way(limited(way), way.method()).send(person, id, json);
    }

    /** So many requests that the next one is too many. */
    private static void exhaust(Person person) {
        int tries = 0;
        while (person.getJson("/search?q=lighthouse").status() == 200) {
            assertTrue(tries++ < 5, "there is a limit");
        }
    }

    @ParameterizedTest
    @MethodSource("fenced")
    void whoAskedForTooMuchIsLetInAfterExactlyTheTimeThatTheyWereTold(Way way) {
        start("limit.rate", "1");
        Person olga = site.person();
        String id = olga.beginAndHear("Tell me about Norderney");
        site.pass(Duration.ofMinutes(1));
        exhaust(olga);
        Map<String, String> before = site.kept();

        for (boolean json : List.of(true, false)) {
            assertToWait(15, send(way, olga, id, json));
        }
        site.pass(Duration.ofSeconds(14));
        assertToWait(1, send(way, olga, id, true));
        assertEquals(before, site.kept(), "nothing changed");
        site.pass(Duration.ofSeconds(1));
        assertNotEquals(429, send(way, olga, id, true).status());
    }

    @Test
    void whatIsFreeIsAnsweredHoweverMuchWasAskedFor() {
        start("limit.rate", "1");
        Person olga = site.person();
        String id = olga.beginAndHear("Tell me about Norderney");
        exhaust(olga);
        List<Way> free = RoutesTest.known()
                .filter(way -> !way.route().equals("/search") && !way.route().endsWith("/events"))
                .filter(way -> FREE.contains(way.route()) || !way.method().equals("POST"))
                .toList();
        assertTrue(free.contains(new Way("/c/{id}", "GET")) && free.contains(new Way("/c/{id}/stop", "POST")));
        for (Way way : free) {
            assertNotEquals(429, way.send(olga, id, true).status(), way.toString());
        }
        assertEquals(200, new Way("/c/{id}/stop", "POST").send(olga, id, true).status());
        Person paul = site.person();
        paul.begin("Somebody else");
        assertEquals(200, paul.getJson("/search?q=lighthouse").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/c", "/c/{id}/messages", "/c/{id}/edit", "/c/{id}/regenerate", "/c/{id}/continue"})
    void whoSaidTooMuchIsLetInAfterExactlyTheTimeThatTheyWereTold(String route) {
        start("limit.rate", "2");
        Way way = new Way(route, "POST");
        Person olga = site.person();
        String id = olga.beginAndHear("Tell me about Norderney");
        assertEquals(201, olga.postJson("/c").status());
        Map<String, String> before = site.kept();

        assertToWait(30, way.send(olga, id, true));
        assertToWait(30, way.send(olga, id, false));
        site.pass(Duration.ofSeconds(29));
        assertToWait(1, way.send(olga, id, true));
        assertEquals(before, site.kept(), "nothing changed");
        site.pass(Duration.ofSeconds(1));
        int status = way.send(olga, id, true).status();
        assertTrue(status >= 200 && status < 300, way + " " + status);
        assertToWait(30, way.send(olga, id, true));
    }

    @Test
    void whatWasTypedIsGivenBackAndThereIsAWayOn() {
        start("limit.rate", "1");
        Person olga = site.person();
        String id = olga.beginAndHear("Tell me about Norderney");
        for (String target : List.of("/c", "/c/" + id + "/messages")) {
            Answer page = olga.post(target, "text", "My words <b>&");
            assertToWait(60, page);
            assertEquals("My words &lt;b&gt;&amp;", page.find(TEXT).strip());
            assertTrue(page.text().contains("That was too fast. Nothing of it was done. Try again in 60 seconds."));
        }
        assertEquals("/c/" + id, olga.post("/c/" + id + "/regenerate").find("<a class=\"button\" href=\"([^\"]*)\""));
        exhaust(olga);
        assertEquals(
                "My words",
                olga.post("/c/" + id + "/messages", "text", "My words")
                        .find(TEXT)
                        .strip());
    }

    @Test
    void retryOfWhatWasTakenIsAnsweredAsBeforeHoweverMuchWasSaid() {
        start("limit.rate", "2");
        Person olga = site.person();
        Answer first = olga.postJson("/c", "text", "Hello", "key", "key-number-one");
        String messages = "/c/" + first.json().get("id").getAsString() + "/messages";
        Answer second = olga.postJson(messages, "text", "More", "key", "key-number-two");
        assertToWait(30, olga.postJson(messages, "text", "Still more", "key", "key-number-three"));

        assertEquals(
                first.json(),
                olga.postJson("/c", "text", "Hello", "key", "key-number-one").json());
        assertEquals(
                second.json().get("message"),
                olga.postJson(messages, "text", "More", "key", "key-number-two")
                        .json()
                        .get("message"));
    }

    private static int begin(Person person, String from) {
        Ask ask = person.ask("POST", "/c").json().form("text", "Hello");
        return ask.header("X-Forwarded-For", from).send().status();
    }

    @Test
    void networkThatAsksForTooMuchIsLimitedWhoeverAsksAndNoOtherIs() {
        start("limit.rate-network", "3", "proxies", "127.0.0.1");
        for (int i = 0; i < 3; i++) {
            assertEquals(201, begin(site.person(), "192.0.2.7"), "somebody new each time");
        }
        assertEquals(429, begin(site.person(), "192.0.2.7"));
        assertEquals(201, begin(site.person(), "192.0.2.8"));
        site.pass(Duration.ofSeconds(19));
        assertEquals(429, begin(site.person(), "192.0.2.7"));
        site.pass(Duration.ofSeconds(1));
        assertEquals(201, begin(site.person(), "192.0.2.7"));
    }

    @Test
    void replyTooManyWaitsUntilOneEnds() {
        ScriptedModel model = ScriptedModel.byHand();
        site = RunningSite.start(data, model, "limit.turns", "1");
        Person olga = site.person();
        String running = olga.begin("Hello");
        ScriptedModel.Call call = model.awaitCall();
        Map<String, String> before = site.kept();

        Answer page = olga.post("/c", "text", "My words");
        assertToWait(5, page);
        assertEquals("My words", page.find(TEXT).strip());
        assertToWait(5, olga.postJson("/c", "text", "My words"));
        assertEquals(before, site.kept(), "nothing changed");
        assertEquals(201, site.person().postJson("/c", "text", "Hello").status(), "somebody else");

        try (Events events = olga.events("/c/" + running + "/events?after=0")) {
            call.say("Yes.").complete();
            events.await("done");
        }
        assertEquals(201, olga.postJson("/c", "text", "My words").status());
    }

    /** They all look at the same time, and some of them are first. */
    @Test
    @Timeout(60)
    void ofManyThatBeginAtTheSameTimeNoMoreBeginThanMay() throws Exception {
        site = RunningSite.start(data, ScriptedModel.byHand(), "limit.turns", "3");
        Person olga = site.person();
        olga.get("/");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> asked = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Ask ask = olga.ask("POST", "/c").json().form("text", "Hello");
                asked.add(threads.submit(() -> ask.send().status()));
            }
            int began = 0;
            for (Future<Integer> each : asked) {
                began += each.get() == 201 ? 1 : 0;
            }
            assertEquals(3, began);
        } finally {
            threads.shutdownNow();
        }
    }
}
