package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import dev.holdfast.Answer;
import dev.holdfast.Events;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the model remembers, as the page shows it and lets a person decide it. */
@Timeout(60)
class MemoryRoutesTest {
    static final Set<String> WAYS = Set.of("/c/{id}/keep", "/c/{id}/summary/undo");

    private static final String HOSTILE =
            "<img src=x onerror=alert(1)> is what I say of lighthouses, today and always.";
    private static final String SUMMARY = "sees a summary of";
    private static final String NOTHING = "no longer sees";

    @TempDir
    Path data;

    private RunningSite site;
    private Person olga;
    private String id;

    private void start(ScriptedModel model, String... settings) {
        site = RunningSite.start(data, model, settings);
        olga = site.person();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private void startShortOfMemory() {
        start(ScriptedModel.answering(HOSTILE), "window.high", "800", "window.low", "400");
        id = olga.beginAndHear("My name is <img src=x> Olga");
    }

    private Events listen() {
        return olga.events("/c/" + id + "/events?after=" + olga.get("/c/" + id).find("data-cursor=\"([^\"]*)\""));
    }

    private void say(Events events, int number) {
        olga.postJson("/c/" + id + "/messages", "text", "Number " + number + " of what there is to be said.");
        events.await("done");
    }

    /** Talks until the model is not sent everything any more; which message comes first then. */
    private String talkUntilCut() {
        try (Events events = listen()) {
            for (int i = 1; i < 40; i++) {
                olga.postJson("/c/" + id + "/messages", "text", "Number " + i + " of what there is to be said.");
                String from = events.await("done").stream()
                        .filter(event -> event.name().equals("window"))
                        .map(event -> event.json().get("from").getAsString())
                        .reduce("", (older, newer) -> newer);
                if (!from.isEmpty()) {
                    return from;
                }
            }
        }
        throw new AssertionError("nothing was left out");
    }

    private String page() {
        return olga.get("/c/" + id).text();
    }

    private static int notes(String html) {
        return html.split("class=\"cut\"", -1).length - 1;
    }

    private List<String> kept() {
        return StreamSupport.stream(
                        olga.getJson("/c/" + id + "/messages")
                                .json()
                                .getAsJsonArray("messages")
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .filter(message -> message.get("kept").getAsBoolean())
                .map(message -> message.get("id").getAsString())
                .toList();
    }

    @Test
    void whereTheModelsViewBeginsThePageShowsTheSummaryAsPlainText() {
        startShortOfMemory();
        assertEquals(0, notes(page()));
        String from = talkUntilCut();

        String html = page();
        assertEquals(1, notes(html));
        String note = html.substring(html.indexOf("class=\"cut\""), html.indexOf("id=\"message-" + from + "\""));
        assertTrue(note.matches("(?s).*</div><article class=\"message own\" data-id=\"" + from + "\"\\s+"), note);
        assertTrue(note.contains(SUMMARY), note);
        assertTrue(note.contains("&lt;img src=x"), note);
        assertFalse(html.contains("<img"), html);
        String alone = olga.get("/c/" + id + "/messages/" + from).text();
        assertEquals(1, notes(alone));
        assertEquals(0, notes(olga.get("/c/" + id + "/messages/m1").text()));
    }

    @Test
    void olderPartHasTheNoteWhereThatMessageIs() {
        startShortOfMemory();
        String from = talkUntilCut();
        int number = Integer.parseInt(from.substring(1));
        assertEquals(0, notes(olga.get("/c/" + id + "/messages?before=" + from).text()));
        List<String> after = StreamSupport.stream(
                        olga.getJson("/c/" + id + "/messages")
                                .json()
                                .getAsJsonArray("messages")
                                .spliterator(),
                        false)
                .map(message -> message.getAsJsonObject().get("id").getAsString())
                .filter(each -> Integer.parseInt(each.substring(1)) > number)
                .toList();
        assertEquals(
                1,
                notes(olga.get("/c/" + id + "/messages?before=" + after.get(0)).text()));
    }

    @Test
    void summaryIsTakenBackAndTheOthersHearOfIt() {
        startShortOfMemory();
        talkUntilCut();
        try (Events events = listen()) {
            Answer answer = olga.post("/c/" + id + "/summary/undo");
            assertEquals(303, answer.status());
            assertEquals("/c/" + id, answer.header("location").orElseThrow());
            assertEquals("window", events.next().name());
        }
        assertFalse(page().contains(SUMMARY), page());
        assertEquals(200, olga.postJson("/c/" + id + "/summary/undo").status(), "there is none to take back");
    }

    @Test
    void messageIsKeptInViewAndLetGoAndTheOthersHearOfIt() {
        start(ScriptedModel.answering("Nice to meet you!"));
        id = olga.beginAndHear("My name is <img src=x> Olga");
        try (Events events = listen()) {
            Answer answer = olga.post("/c/" + id + "/keep", "message", "m1", "keep", "true");
            assertEquals(303, answer.status());
            assertEquals("/c/" + id, answer.header("location").orElseThrow());
            Events.Event told = events.next();
            assertEquals("kept", told.name());
            assertEquals("m1", told.json().get("id").getAsString());
            assertTrue(told.json().get("kept").getAsBoolean());
            assertEquals(List.of("m1"), kept());
            assertTrue(page().contains("data-kept=\"true\""));

            assertEquals(
                    200,
                    olga.postJson("/c/" + id + "/keep", "message", "m1", "keep", "false")
                            .status());
            assertFalse(events.next().json().get("kept").getAsBoolean());
        }
        assertEquals(List.of(), kept());
        assertFalse(page().contains("data-kept"));
    }

    @Test
    void whatIsMissingOrUnknownIsASentence() {
        start(ScriptedModel.answering("Nice to meet you!"));
        id = olga.beginAndHear("My name is <img src=x> Olga");
        assertEquals(400, olga.postJson("/c/" + id + "/keep", "keep", "true").status());
        assertEquals(400, olga.postJson("/c/" + id + "/keep", "message", "m1").status());
        assertEquals(
                400,
                olga.postJson("/c/" + id + "/keep", "message", "m1", "keep", "yes")
                        .status());
        assertEquals(
                404,
                olga.postJson("/c/" + id + "/keep", "message", "m99", "keep", "true")
                        .status());
        assertEquals(List.of(), kept());
    }

    @Test
    void nothingOfItIsDoneWhileAReplyIsWritten() {
        ScriptedModel slow = ScriptedModel.byHand();
        start(slow);
        id = olga.begin("My name is Olga");
        ScriptedModel.Call call = slow.awaitCall();
        assertEquals(
                409,
                olga.postJson("/c/" + id + "/keep", "message", "m1", "keep", "true")
                        .status());
        assertEquals(409, olga.postJson("/c/" + id + "/summary/undo").status());
        try (Events events = olga.events("/c/" + id + "/events?after=0")) {
            call.complete();
            events.await("done");
        }
        assertEquals(
                200,
                olga.postJson("/c/" + id + "/keep", "message", "m1", "keep", "true")
                        .status());
    }

    @Test
    void pausedPageSaysWhetherASummaryGoesAlong() {
        startShortOfMemory();
        talkUntilCut();
        try (Events events = listen()) {
            for (int i = 0; i < 6; i++) {
                say(events, i);
            }
        }
        site.pass(Duration.ofMinutes(31));
        assertTrue(page().contains("Resume with a summary and the last exchanges"), page());
    }

    @Test
    void whoGoesOnWithTheLastExchangesOnlySeesWhatTheModelDoesNot() {
        start(ScriptedModel.answering("Nice to meet you!"));
        id = olga.beginAndHear("My name is <img src=x> Olga");
        try (Events events = listen()) {
            for (int i = 0; i < 6; i++) {
                say(events, i);
            }
        }
        site.pass(Duration.ofMinutes(31));
        assertTrue(page().contains("Resume with the last exchanges only"), page());
        assertEquals(303, olga.post("/c/" + id + "/resume", "from", "recent").status());
        String html = page();
        assertEquals(1, notes(html));
        assertTrue(html.contains(NOTHING) && !html.contains(SUMMARY), html);
    }
}
