package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens in a conversation, as it happens, over a real connection. */
@Timeout(60)
class EventsTest {
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

    /** A conversation whose reply has been heard up to here; the model's call is still open. */
    private ScriptedModel.Call running(String id, String... pieces) {
        ScriptedModel.Call call = model.awaitCall();
        try (Events events = listen(id, "?after=0")) {
            for (String piece : pieces) {
                call.say(piece);
                events.await("delta");
            }
        }
        return call;
    }

    private Events listen(String id, String query, String... headers) {
        return person.events("/c/" + id + "/events" + query, headers);
    }

    private static List<String> names(List<Event> events) {
        return events.stream().map(Event::name).toList();
    }

    @Test
    void streamIsMadeForProxiesAndNotKept() {
        String id = person.begin("Hello");
        try (Events events = listen(id, "")) {
            Answer head = events.head();

            assertEquals(200, head.status());
            assertEquals("text/event-stream;charset=utf-8", head.type().toLowerCase());
            assertEquals("no", head.header("x-accel-buffering").orElse("yes"));
            assertEquals("no-store", head.header("cache-control").orElse("kept"));
        }
    }

    @Test
    void turnIsToldFromBeginningToEndWithCursors() {
        String id = person.begin("Hello");
        try (Events events = listen(id, "?after=0")) {
            List<Event> begun = events.await("reply");
            model.awaitCall().say("Yes, ").say("of course 😀.").complete();
            List<Event> rest = events.await("done");

            assertEquals(List.of("saved", "reply"), names(begun));
            assertEquals(List.of("delta", "delta", "done"), names(rest));
            assertEquals("Yes, of course 😀.", Events.text(rest));
            assertEquals(
                    List.of("2.0.5", "2.0.18", "4"),
                    rest.stream().map(Event::id).toList());
            assertEquals("complete", rest.get(2).json().get("state").getAsString());
        }
    }

    /** Cut at every event: what was heard before and what is told after are the whole, once. */
    @Test
    void replayFromEveryCursorIsTheRest() {
        String id = person.begin("Hello");
        running(id, "One ", "two ", "three.").complete();
        List<Event> whole;
        try (Events events = listen(id, "?after=0")) {
            whole = events.await("done");
        }
        String text = "One two three.";
        for (String cursor : List.of("0", "1", "2", "2.0.1", "2.0.4", "2.0.13", "2.0.14")) {
            try (Events events = listen(id, "?after=" + cursor)) {
                List<Event> rest = events.await("done");
                int heard = cursor.startsWith("2.") ? Integer.parseInt(cursor.substring(4)) : 0;

                assertEquals(text.substring(heard), deltas(rest), cursor);
                assertEquals(whole.get(whole.size() - 1), rest.get(rest.size() - 1));
            }
        }
    }

    private static String deltas(List<Event> events) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.name().equals("delta"))
                .forEach(event -> text.append(event.json().get("text").getAsString()));
        return text.toString();
    }

    @Test
    void readerInMidReplyGetsTheRestAndThenWhatComes() {
        String id = person.begin("Hello");
        ScriptedModel.Call call = running(id, "One ", "two ");
        try (Events events = listen(id, "?after=2.0.4")) {
            assertEquals("two ", events.next().json().get("text").getAsString());
            call.say("three.").complete();
            assertEquals("three.", deltas(events.await("done")));
        }
    }

    @Test
    void lastEventIdBeatsTheQuery() {
        String id = person.begin("Hello");
        ScriptedModel.Call call = running(id, "One ", "two ");
        try (Events events = listen(id, "?after=0", "Last-Event-ID", "2.0.6")) {
            assertEquals("o ", events.next().json().get("text").getAsString());
        }
        try (Events events = listen(id, "?after=2.0.6")) {
            assertEquals("o ", events.next().json().get("text").getAsString());
        }
        call.complete();
    }

    /** As without a cursor: from the newest reply's first character. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "-1", "2.0", "99999999999999999999", "999", "1.2.3.4", "2.0.-1", "%00", "2.9999999999.1"
            })
    void cursorThatSaysNothingIsAsNone(String cursor) {
        String id = person.begin("Hello");
        ScriptedModel.Call call = running(id, "One ");
        try (Events events = listen(id, "?after=" + cursor)) {
            assertEquals("One ", events.next().json().get("text").getAsString());
        }
        try (Events events = listen(id, "", "Last-Event-ID", cursor.replace("%", "x"))) {
            assertEquals("One ", events.next().json().get("text").getAsString());
        }
        call.complete();
    }

    /** A cursor inside the reply but behind its end, as after a crash that lost the end. */
    @Test
    void cursorBehindTheTextIsNoHarm() {
        String id = person.begin("Hello");
        ScriptedModel.Call call = running(id, "One ");
        try (Events events = listen(id, "?after=2.0.500")) {
            person.post("/c/" + id + "/title", "title", "It listens");
            events.await("title");
            call.say("two").complete();
            assertEquals("two", deltas(events.await("done")));
        }
    }

    @Test
    void cursorOutlivesTheProcess() {
        String id = person.begin("Hello");
        running(id, "One ", "two ").complete();
        site.close();
        site = RunningSite.start(data, model);
        person = person.at(site);

        try (Events events = listen(id, "?after=2.0.4")) {
            assertEquals("two ", deltas(events.await("done")));
        }
    }

    /** More than may wait for a slow reader: each connection brings it further. */
    @Test
    void longReplayComesInParts() {
        String id = person.begin("Hello");
        String reply = "r".repeat(EventStream.MOST_WAITING / 2 - 1000);
        try (Events events = listen(id, "?after=0")) {
            for (int turn = 0; turn < 5; turn++) {
                if (turn > 0) {
                    person.postJson("/c/" + id + "/messages", "text", "More");
                }
                model.awaitCall().say(reply).complete();
                events.await("done");
            }
        }
        List<String> replies =
                person.getJson("/c/" + id + "/messages").json().getAsJsonArray("messages").asList().stream()
                        .map(message -> message.getAsJsonObject())
                        .filter(message -> message.get("role").getAsString().equals("assistant"))
                        .map(message -> message.get("id").getAsString())
                        .toList();
        String cursor = "0";
        List<String> done = new ArrayList<>();
        for (int connection = 0; done.size() < 5 && connection < 10; connection++) {
            try (Events events = listen(id, "?after=" + cursor)) {
                Event event = events.next();
                while (event != null) {
                    cursor = event.id();
                    if (event.name().equals("done")) {
                        done.add(event.json().get("id").getAsString());
                    }
                    event = done.size() < 5 ? events.next() : null;
                }
            }
        }
        assertEquals(5, done.size());
        assertEquals(replies, done);
    }

    @Test
    void replyLongerThanMayWaitIsToldNevertheless() {
        String id = person.begin("Hello");
        String reply = "r".repeat(EventStream.MOST_WAITING + 1000);
        try (Events events = listen(id, "")) {
            model.awaitCall().say(reply).complete();
            assertEquals(reply, deltas(events.await("delta")));
        }
        try (Events events = listen(id, "")) {
            assertEquals(reply, events.next().json().get("text").getAsString());
        }
    }

    /** One who never reads is dropped at the bound; one who reads hears everything meanwhile. */
    @Test
    void readerWhoNeverReadsHurtsNobody() throws IOException {
        String id = person.begin("Hello");
        ScriptedModel.Call call = model.awaitCall();
        try (Socket silent = person.ask("GET", "/c/" + id + "/events?after=0").open();
                Events reader = listen(id, "?after=0")) {
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
            assertEquals(200, person.get("/").status());
        }
    }

    @Test
    void readerWhoLeavesIsForgotten() throws JMException {
        String id = person.begin("Hello");
        ScriptedModel.Call call = model.awaitCall();
        for (int i = 0; i < 5; i++) {
            listen(id, "?after=0").close();
        }
        try (Events stays = listen(id, "?after=0")) {
            stays.await("reply");
            assertTrue(LiveInMemory.count(EventStream.class) >= 1, "a guard: it is seen at all");
            long streams = Long.MAX_VALUE;
            for (int i = 0; i < 100 && streams > 1; i++) {
                call.say("Something. ");
                stays.await("delta");
                streams = LiveInMemory.count(EventStream.class);
            }
            assertEquals(1, streams);
        }
        call.complete();
    }

    @Test
    void headWatchesNothing() {
        String id = person.begin("Hello");

        Answer head = person.ask("HEAD", "/c/" + id + "/events").send();

        assertEquals(200, head.status());
        assertTrue(head.type().startsWith("text/event-stream"));
        assertFalse(head.headers().containsKey("transfer-encoding") && head.body().length > 0);
    }

    @Test
    void newTitleAndWaitingMessageAreTold() {
        String id = person.begin("Hello");
        ScriptedModel.Call call = running(id, "One ");
        try (Events events = listen(id, "?after=2.0.4")) {
            person.post("/c/" + id + "/title", "title", "Letters");
            assertEquals("Letters", events.next().json().get("title").getAsString());
            person.post("/c/" + id + "/messages", "text", "And then?", "key", "0123456789abcdef");
            Event saved = events.next();
            assertEquals("saved", saved.name());
            assertTrue(saved.json().get("queued").getAsBoolean());
            assertEquals("0123456789abcdef", saved.json().get("key").getAsString());
        }
        call.complete();
    }
}
