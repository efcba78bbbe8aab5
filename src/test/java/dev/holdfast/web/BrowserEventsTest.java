package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.Events;
import dev.holdfast.Events.Event;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens in several conversations and in the list, on one connection. */
@Timeout(60)
class BrowserEventsTest {
    private static final String NONE = "01aaaaaaaaaaaaaaaaaaaaaaaa";

    @TempDir
    Path data;

    private final ScriptedModel model = ScriptedModel.byHand();
    private RunningSite site;
    private Person person;

    @BeforeEach
    void start() {
        site = RunningSite.start(data, model);
        person = site.person();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private Events listen(String at, String... headers) {
        return person.events("/events?at=" + at, headers);
    }

    private String begin(String text, String reply) {
        String id = person.begin(text);
        try (Events events = person.events("/c/" + id + "/events?after=0")) {
            model.awaitCall().say(reply).complete();
            events.await("done");
        }
        return id;
    }

    private static String conversation(Event event) {
        return event.json().get("conversation").getAsString();
    }

    private static List<Event> of(String id, List<Event> events) {
        return events.stream()
                .filter(event -> !event.name().equals("listed"))
                .filter(event -> conversation(event).equals(id))
                .toList();
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::id).toList();
    }

    /** Up to and including the {@code count}th event of that name. */
    private static List<Event> hear(Events events, String name, int count) {
        List<Event> heard = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            heard.addAll(events.await(name));
        }
        return heard;
    }

    private static List<String> listed(List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("listed"))
                .map(event -> event.json().get("state").getAsString())
                .toList();
    }

    @Test
    void streamIsMadeForProxiesAndNotKept() {
        person.begin("Hello");
        try (Events events = listen("")) {
            Answer head = events.head();

            assertEquals(200, head.status());
            assertEquals("text/event-stream;charset=utf-8", head.type().toLowerCase());
            assertEquals("no", head.header("x-accel-buffering").orElse("yes"));
            assertEquals("no-store", head.header("cache-control").orElse("kept"));
        }
    }

    @Test
    void whoHasNoCookieHasNoStream() {
        assertEquals(404, site.person().getJson("/events").status());
    }

    /** Two replies, one word of each at a time, told apart by name and cursor. */
    @Test
    void conversationsAreToldOnOneStreamEachWithItsOwnCursors() {
        String first = person.begin("One");
        ScriptedModel.Call one = model.awaitCall();
        String second = person.begin("Two");
        ScriptedModel.Call two = model.awaitCall();
        try (Events events = listen(first + ":0," + second + ":0")) {
            hear(events, "reply", 2);
            List<Event> heard = new ArrayList<>();
            for (String word : List.of("a ", "b ", "c ")) {
                one.say("one " + word);
                heard.addAll(events.await("delta"));
                two.say("two " + word);
                heard.addAll(events.await("delta"));
            }
            one.complete();
            heard.addAll(events.await("done"));
            two.complete();
            heard.addAll(events.await("done"));

            assertEquals("one a one b one c ", Events.text(of(first, heard)));
            assertEquals("two a two b two c ", Events.text(of(second, heard)));
            assertEquals(
                    List.of(first + ":2.0.6", first + ":2.0.12", first + ":2.0.18", first + ":4"),
                    ids(of(first, heard)));
        }
    }

    @Test
    void eachGoesOnFromItsOwnCursor() {
        String first = begin("One", "First reply");
        String second = begin("Two", "Second reply");
        try (Events events = listen(first + ":2.0.6," + second + ":1")) {
            List<Event> heard = hear(events, "done", 2);

            assertEquals(
                    List.of("delta", "done"),
                    of(first, heard).stream().map(Event::name).toList());
            assertEquals("reply", of(first, heard).get(0).json().get("text").getAsString());
            assertEquals("Second reply", Events.text(of(second, heard)));
        }
    }

    @Test
    void lastEventIdBeatsTheCursorOfItsConversation() {
        String first = begin("One", "First reply");
        String second = begin("Two", "Second reply");
        try (Events events = listen(first + ":2.0.1," + second + ":2.0.7", "Last-Event-ID", first + ":2.0.6")) {
            List<Event> heard = hear(events, "done", 2);

            assertEquals("reply", of(first, heard).get(0).json().get("text").getAsString());
            assertEquals("reply", of(second, heard).get(0).json().get("text").getAsString());
        }
    }

    @Test
    void someoneElsesIsGoneExactlyAsOneThatIsNot() {
        String olgas = begin("My secret is 42", "I will keep it");
        Person paul = site.person();
        String own = paul.begin("Hello");
        ScriptedModel.Call call = model.awaitCall();
        try (Events events = paul.events("/events?at=" + olgas + ":0," + NONE + ":0," + own + ":0")) {
            List<Event> heard = events.await("reply");

            List<Event> foreign = of(olgas, heard);
            assertEquals(1, foreign.size());
            assertEquals(new Event(null, "gone", "{\"conversation\":\"" + olgas + "\"}"), foreign.get(0));
            assertEquals(
                    foreign.get(0).data().replace(olgas, NONE),
                    of(NONE, heard).get(0).data());
            person.post("/c/" + olgas + "/title", "title", "Nothing of Paul's");
            call.say("Only this.");
            List<Event> later = events.await("delta");
            assertEquals(
                    List.of(own),
                    later.stream()
                            .map(BrowserEventsTest::conversation)
                            .distinct()
                            .toList());
        }
        call.complete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "..%2F..", "%22%0A%0Aevent:%20done", "01AAAAAAAAAAAAAAAAAAAAAAAA", "%E2%80%A8"})
    void whatIsNoConversationIsGoneAndHurtsNoOther(String garbage) {
        String own = begin("Hello", "Yes");
        try (Events events = listen(garbage + ":1," + own + ":1")) {
            List<Event> heard = events.await("done");

            assertEquals("gone", heard.get(0).name());
            assertEquals(
                    1,
                    heard.stream().filter(event -> event.name().equals("gone")).count());
            assertEquals("Yes", Events.text(heard));
        }
    }

    @Test
    void moreConversationsThanAStreamTakesAreRefusedWithASentence() {
        person.begin("Hello");
        String many =
                IntStream.rangeClosed(0, Places.MOST).mapToObj(i -> "c" + i).collect(Collectors.joining(","));

        Answer answer = person.getJson("/events?at=" + many);

        assertEquals(400, answer.status());
        assertTrue(answer.text().contains("50 conversations at most"), answer.text());
    }

    @Test
    void oneStreamMoreThanAreAllowedIsRefusedUntilOneIsClosed() {
        site.close();
        site = RunningSite.start(data, model, "limit.streams", "3");
        person = site.person();
        String id = person.begin("Hello");
        ScriptedModel.Call call = model.awaitCall();
        Person other = site.person();
        other.begin("Hello");
        ScriptedModel.Call others = model.awaitCall();
        try (Events stays = listen(id + ":0");
                Events leaves = person.events("/c/" + id + "/events?after=0");
                Events third = listen("")) {
            assertEquals(200, third.head().status());
            stays.await("reply");
            for (String target : List.of("/events?at=" + id, "/c/" + id + "/events")) {
                Answer refused = person.getJson(target);
                assertEquals(429, refused.status());
                assertEquals("30", refused.header("retry-after").orElse("none"));
                assertTrue(refused.isProblemJson());
                assertEquals(
                        "This browser has 3 event streams open, and more are not allowed. Close some of its pages or try"
                                + " again in 30 seconds. Nothing is lost.",
                        refused.json().get("detail").getAsString());
                assertEquals(429, person.ask("HEAD", target).send().status());
            }
            try (Events ofAnother = other.events("/events?at=")) {
                assertEquals(200, ofAnother.head().status());
            }
            leaves.close();
            int status = 429;
            while (status == 429) { // it is found out when something is said
                call.say("Something. ");
                stays.await("delta");
                status = person.ask("HEAD", "/events").send().status();
            }
            assertEquals(200, status);
        }
        call.complete();
        others.complete();
    }

    /** As when a tab opens what it shows anew: its last stream takes up no place, though nobody has said anything on it. */
    @Test
    void streamTakesThePlaceOfTheOneWithItsName() {
        site.close();
        site = RunningSite.start(data, model, "limit.streams", "1");
        person = site.person();
        person.get("/");
        Person other = site.person();
        other.get("/");
        try (Events first = person.events("/events?as=tab1");
                Events others = other.events("/events?as=tab1")) {
            assertEquals(429, person.getJson("/events?as=tab2").status());
            try (Events second = person.events("/events?as=tab1")) {
                assertEquals(200, second.head().status());
                assertNull(first.next());
                assertEquals(429, person.getJson("/events?as=tab2").status());
                assertEquals(200, others.head().status());
                assertEquals(429, other.getJson("/events").status(), "the other's is still there");
            }
        }
    }

    /** More than may wait: each connection brings the conversations further, and none is told less than all. */
    @Test
    void readerTooFarBehindCatchesUpConversationByConversation() {
        String reply = "r".repeat(EventStream.MOST_WAITING / 2);
        List<String> all = List.of(begin("One", reply), begin("Two", reply), begin("Three", reply));
        Map<String, String> cursors = new HashMap<>();
        all.forEach(id -> cursors.put(id, "1"));
        Map<String, StringBuilder> texts = new HashMap<>();
        int done = 0;
        int connections = 0;
        while (done < all.size() && connections < 10) {
            connections++;
            String at = all.stream().map(id -> id + ":" + cursors.get(id)).collect(Collectors.joining(","));
            try (Events events = listen(at)) {
                for (Event event = events.next(); event != null && done < all.size(); event = next(events, done)) {
                    if (event.id() != null) {
                        String[] place = event.id().split(":");
                        cursors.put(place[0], place[1]);
                    }
                    if (event.name().equals("delta")) {
                        texts.computeIfAbsent(conversation(event), id -> new StringBuilder())
                                .append(event.json().get("text").getAsString());
                    }
                    done += event.name().equals("done") ? 1 : 0;
                }
            }
        }
        assertTrue(connections > 1, "a guard: one was too slow");
        assertEquals(all.size(), done);
        all.forEach(id -> assertEquals(reply, texts.get(id).toString()));
    }

    private static Event next(Events events, int done) {
        return done < 3 ? events.next() : null;
    }

    /** One who never reads hurts nobody, though it hears of everything. */
    @Test
    void readerWhoNeverReadsIsDroppedAlone() throws IOException {
        String id = person.begin("Hello");
        ScriptedModel.Call call = model.awaitCall();
        try (Socket silent = person.ask("GET", "/events?at=" + id + ":0").open();
                Events reader = listen(id + ":0")) {
            reader.await("reply");
            String piece = "r".repeat(100_000);
            for (int i = 0; i < 80; i++) {
                call.say(piece);
                assertEquals(
                        piece, reader.await("delta").get(0).json().get("text").getAsString());
            }
            call.complete();
            reader.await("done");
            assertTrue(silent.isConnected());
        }
    }

    @Test
    void listIsToldOfOwnConversationsAsTheyComeRunRestAndGo() {
        person.get("/");
        Person other = site.person();
        try (Events events = listen("")) {
            other.begin("Not Olga's");
            model.awaitCall().say("No").complete();
            String id = person.begin("Hello");
            List<Event> begun = events.await("listed");
            assertEquals(List.of("running"), listed(begun));
            assertEquals("Hello", begun.get(0).json().get("title").getAsString());
            model.awaitCall().say("Yes").complete();
            assertEquals(List.of("active"), listed(events.await("listed")));
            person.post("/c/" + id + "/title", "title", "Letters");
            assertEquals("Letters", events.next().json().get("title").getAsString());
            person.post("/c/" + id + "/delete");
            assertEquals(List.of("deleted"), listed(events.await("listed")));
            person.post("/c/" + id + "/restore");
            Event restored = events.next();
            assertEquals("listed", restored.name());
            assertEquals(id, conversation(restored));
            assertEquals("Letters", restored.json().get("title").getAsString());
        }
    }

    @Test
    void pausedConversationIsLetGoOfWhileTheStreamGoesOn() throws Exception {
        long others = LiveInMemory.count(); // of sites that other tests have left
        person.get("/");
        try (Events list = listen("")) {
            String id = person.begin("Hello");
            model.awaitCall().say("Yes").complete();
            hear(list, "listed", 2);
            try (Events events = listen(id + ":1")) {
                events.await("done");
                assertTrue(LiveInMemory.count() > others, "a guard: it is seen at all");
                site.pass(Duration.ofMinutes(31));
                List<Event> paused = events.await("idle");
                assertEquals(List.of("paused"), listed(paused));
                assertEquals(id, conversation(paused.get(paused.size() - 1)));
                long live = Long.MAX_VALUE;
                for (int i = 0; i < 100 && live > others; i++) {
                    site.pass(Duration.ofSeconds(1));
                    live = LiveInMemory.count();
                }
                assertTrue(live <= others, live + " of " + others);

                String other = person.begin("And now");
                assertEquals(other, conversation(events.next()));
            }
        }
    }

    @Test
    void resumedConversationIsTakenUpByTheNextStream() {
        String id = begin("Hello", "Yes");
        try (Events events = listen(id + ":1")) {
            events.await("done");
            site.pass(Duration.ofMinutes(31));
            events.await("idle");
            person.post("/c/" + id + "/resume");
            try (Events again = listen(id + ":1")) {
                again.await("done");
                person.post("/c/" + id + "/messages", "text", "More");
                assertEquals(id, conversation(again.await("saved").get(0)));
            }
            model.awaitCall().say("Yes").complete();
            List<Event> first = hear(events, "listed", 3);
            assertFalse(first.stream().anyMatch(event -> event.name().equals("saved")), "its part was over");
        }
    }

    @Test
    void streamOfADeletedConversationEndsAndTheNextOneSaysThatItIsGone() {
        String deleted = begin("Hello", "Yes");
        String stays = begin("Hello again", "Yes");
        String at = deleted + ":1," + stays + ":1";
        try (Events events = listen(at)) {
            hear(events, "done", 2);
            person.post("/c/" + deleted + "/delete");
            assertNull(events.next());
        }
        try (Events events = listen(at)) {
            Event gone = events.next();
            assertEquals("gone", gone.name());
            assertEquals(deleted, conversation(gone));
        }
    }

    @Test
    void stoppingTheServerEndsAStreamOfNothing() {
        String id = begin("Hello", "Yes");
        try (Events events = listen("")) {
            person.post("/c/" + id + "/messages", "text", "More");
            events.await("listed");
            site.close();
            Event event = events.next();
            while (event != null) { // what was told before the end
                event = events.next();
            }
            assertNull(event);
        }
    }
}
