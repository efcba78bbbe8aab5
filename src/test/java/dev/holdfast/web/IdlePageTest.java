package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.Events;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page says about a conversation that is left alone, with the defaults: 25 minutes, 30 minutes, 24 hours. */
@Timeout(60)
class IdlePageTest {
    @TempDir
    Path data;

    private RunningSite site;
    private Person olga;
    private String id;

    @BeforeEach
    void start() {
        site = RunningSite.start(data, ScriptedModel.answering("Nice to meet you, Olga!"));
        olga = site.person();
        id = olga.beginAndHear("My name is Olga");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private Answer page() {
        return olga.get("/c/" + id);
    }

    private String banner() {
        return page().find("id=\"banner\"[^>]*data-kind=\"([a-z]+)\"");
    }

    private void pass(int minutes) {
        site.pass(Duration.ofMinutes(minutes));
    }

    @Test
    void nobodyIsWarnedBeforeItsTime() {
        assertEquals("none", banner());
        site.pass(Duration.ofMinutes(25).minusSeconds(1));
        assertEquals("none", banner());
    }

    @Test
    void warningSaysHowLongIsLeftAndStayEndsIt() {
        pass(26);

        Answer warned = page();
        assertEquals("warned", warned.find("id=\"banner\"[^>]*data-kind=\"([a-z]+)\""));
        assertEquals("240", warned.find("data-seconds=\"(\\d+)\""));
        assertTrue(warned.text().contains("action=\"/c/" + id + "/extend\""));

        assertEquals(303, olga.post("/c/" + id + "/extend").status());
        assertEquals("none", banner());
        pass(24);
        assertEquals("none", banner(), "counted from Stay");
    }

    /** Looking at it, and having it open, is no activity. */
    @Test
    void lookingDoesNotPutThePauseOff() {
        try (Events events = olga.events("/c/" + id + "/events")) {
            for (int i = 0; i < 26; i++) {
                pass(1);
                page();
                olga.getJson("/c/" + id + "/messages");
                olga.getJson("/conversations");
            }
            assertEquals("warned", banner());
            assertEquals(
                    "warned",
                    events.await("idle").stream()
                            .reduce((first, last) -> last)
                            .orElseThrow()
                            .json()
                            .get("state")
                            .getAsString());
        }
    }

    @Test
    void pausedPageSaysWhatIsSafeAndShowsACodeThatWorks() {
        pass(31);

        Answer paused = page();
        assertEquals("paused", paused.find("id=\"banner\"[^>]*data-kind=\"([a-z]+)\""));
        assertTrue(paused.text().contains("Nice to meet you, Olga!"), "all of it is still there to read");
        assertTrue(paused.find("class=\"banner-topic\"[^>]*>([^<]*)<").contains("My name is Olga"));
        String code = paused.find("<code class=\"code\">([^<]*)</code>");
        assertEquals(code, page().find("<code class=\"code\">([^<]*)</code>"), "a reload shows the same");
        Person phone = site.person();
        assertEquals(303, phone.post("/resume", "code", code).status());
        assertEquals(200, phone.get("/c/" + id).status());
    }

    @Test
    void oneClickLeadsBack() {
        pass(31);
        assertEquals("paused", banner());

        Answer resumed = olga.post("/c/" + id + "/resume");

        assertEquals(303, resumed.status());
        assertEquals("none", banner());
        assertEquals(1, lines("\"_type\":\"paused\""));
        assertEquals(1, lines("\"_type\":\"resumed\""));
        assertEquals(
                202,
                olga.postJson("/c/" + id + "/messages", "text", "Still here?").status());
    }

    private long lines(String part) {
        return site.files().values().stream()
                .flatMap(String::lines)
                .filter(line -> line.contains(part))
                .count();
    }

    @Test
    void messageAloneLeadsBackToo() {
        pass(31);

        assertEquals(
                303, olga.post("/c/" + id + "/messages", "text", "Still here?").status());

        assertEquals("none", banner());
    }

    @Test
    void expiredConversationIsReadAndResumed() {
        pass(25 * 60);

        Answer expired = page();
        assertEquals("expired", expired.find("id=\"banner\"[^>]*data-kind=\"([a-z]+)\""));
        assertTrue(expired.text().contains("Nice to meet you, Olga!"));

        assertEquals(303, olga.post("/c/" + id + "/resume").status());
        assertEquals("none", banner());
    }

    @Test
    void readersAreToldOfThePauseAndSentAway() {
        try (Events events = olga.events("/c/" + id + "/events")) {
            events.await("done");
            pass(31);
            awaitPausedLine();
            site.pass(Duration.ofSeconds(1));

            assertEquals(
                    "paused", events.await("idle").get(0).json().get("state").getAsString());
            assertNull(events.next());
        }
    }

    /** The pause is written first; the tick after that lets go. */
    private void awaitPausedLine() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (lines("\"_type\":\"paused\"") == 0) {
            assertTrue(System.nanoTime() < deadline, "the pause is not written");
            Thread.onSpinWait();
        }
    }

    @Test
    void emptyConversationHasNothingToSay() {
        String empty = olga.postJson("/c").json().get("id").getAsString();
        pass(31);

        assertEquals("none", olga.get("/c/" + empty).find("id=\"banner\"[^>]*data-kind=\"([a-z]+)\""));
    }

    @Test
    void runningReplyIsActivity() {
        ScriptedModel slow = ScriptedModel.byHand();
        site.close();
        site = RunningSite.start(data, slow);
        olga = olga.at(site);
        id = olga.begin("Take your time");
        ScriptedModel.Call call = slow.awaitCall();

        pass(60);
        assertEquals("none", banner());
        call.say("Done.");

        try (Events events = olga.events("/c/" + id + "/events?after=0")) {
            call.complete();
            events.await("done");
        }
        assertFalse(banner().equals("paused"), "idleness counts from the reply's end");
    }
}
