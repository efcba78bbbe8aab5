package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.Events;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation by forms and redirects alone, and by the same requests as a program sends them. */
class FormFlowTest {
    private static final String KEY = "0123456789abcdef";
    private static final String REFRESH = "<noscript><meta http-equiv=\"refresh\"";

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

    private int messages(String id) {
        return person.getJson("/c/" + id + "/messages")
                .json()
                .getAsJsonArray("messages")
                .size();
    }

    /** Answers and waits until that is on disk. */
    private void answer(String id, String text) {
        try (Events events = person.events("/c/" + id + "/events")) {
            model.awaitCall().say(text).complete();
            events.await("done");
        }
    }

    @Test
    void formsAloneHoldAConversation() {
        Answer start = person.get("/");
        assertEquals("/c", start.find("<form class=\"composer\"[^>]*action=\"([^\"]*)\""));
        String key = start.find("name=\"key\" value=\"([^\"]*)\"");

        Answer sent = person.post("/c", "text", "My name is Olga", "key", key);
        assertEquals(303, sent.status());
        String page = sent.header("location").orElseThrow();
        String id = page.substring("/c/".length());
        Answer running = person.get(page);
        assertTrue(running.text().contains("My name is Olga"));
        assertTrue(running.text().contains(REFRESH), "the page looks again by itself while a reply comes");

        answer(id, "Nice to meet you, Olga!");
        Answer whole = person.get(page);
        assertTrue(whole.text().contains("My name is Olga"));
        assertTrue(whole.text().contains("Nice to meet you, Olga!"));
        assertFalse(whole.text().contains(REFRESH), "and then rests");

        String next = whole.find("<form class=\"composer\"[^>]*action=\"([^\"]*)\"");
        Answer again =
                person.post(next, "text", "What is my name?", "key", whole.find("name=\"key\" value=\"([^\"]*)\""));
        assertEquals(303, again.status());
        assertEquals(page, again.header("location").orElseThrow());
        answer(id, "Olga.");
        assertEquals(4, messages(id));
    }

    @Test
    void retryWithTheSameKeyIsTheSameRequest() {
        Answer first = person.post("/c", "text", "Hello", "key", KEY);
        Answer again = person.post("/c", "text", "Hello", "key", KEY);

        assertEquals(303, again.status());
        assertEquals(first.header("location"), again.header("location"));
        String id = first.header("location").orElseThrow().substring("/c/".length());
        answer(id, "Yes.");
        assertEquals(2, messages(id));

        String other = KEY + "2";
        Answer said = person.postJson("/c/" + id + "/messages", "text", "More", "key", other);
        Answer repeated = person.postJson("/c/" + id + "/messages", "text", "More", "key", other);
        assertEquals(202, repeated.status());
        assertEquals(said.json().get("message"), repeated.json().get("message"));
        answer(id, "Yes.");
        assertEquals(4, messages(id));
    }

    @Test
    void otherContentWithTheSameKeyIsAConflictAndIsGivenBack() {
        String location = person.post("/c", "text", "Hello", "key", KEY)
                .header("location")
                .orElseThrow();

        for (String target : List.of("/c", location + "/messages")) {
            Answer program = person.postJson(target, "text", "Something else", "key", KEY);
            Answer page = person.post(target, "text", "Something else", "key", KEY);

            assertEquals(409, program.status());
            assertTrue(program.isProblemJson());
            assertEquals(409, page.status());
            assertEquals(
                    "Something else",
                    page.find("<textarea id=\"text\"[^>]*>(.*?)</textarea>").strip());
        }
        assertEquals(
                1,
                person.getJson("/conversations")
                        .json()
                        .getAsJsonArray("conversations")
                        .size());
    }

    /** The same key of another browser is another key. */
    @Test
    void keysOfTwoBrowsersDoNotMeet() {
        Person other = site.person();

        assertFalse(person.post("/c", "text", "Hello", "key", KEY)
                .header("location")
                .equals(other.post("/c", "text", "Hello", "key", KEY).header("location")));
    }

    /** An impatient double click. */
    @Test
    void sameRequestSeveralTimesAtOnceMakesOneConversation() {
        person.get("/");
        List<CompletableFuture<Answer>> clicks = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> person.ask("POST", "/c")
                        .json()
                        .form("text", "Hello", "key", KEY)
                        .send()))
                .toList();

        Set<String> answers = clicks.stream().map(click -> click.join().text()).collect(Collectors.toSet());

        assertEquals(1, answers.size(), answers.toString());
    }

    @Test
    void messageDuringAReplyWaitsForItsTurn() {
        String id = person.begin("Hello");
        ScriptedModel.Call first = model.awaitCall();

        Answer waiting = person.postJson("/c/" + id + "/messages", "text", "And another thing");

        assertTrue(waiting.json().get("queued").getAsBoolean());
        assertTrue(person.get("/c/" + id).text().contains("data-state=\"queued\""));
        String alone = "/c/" + id + "/messages/" + waiting.json().get("message").getAsString();
        assertTrue(person.get(alone).text().contains("data-state=\"queued\""));
        first.say("Yes.").complete();
        answer(id, "And yes.");
        assertEquals(4, messages(id));
    }

    @Test
    void stopKeepsWhatHasCome() {
        String id = person.begin("Hello");
        try (Events events = person.events("/c/" + id + "/events?after=0")) {
            model.awaitCall().say("Half of");
            events.await("delta");

            assertEquals(303, person.post("/c/" + id + "/stop").status());

            events.await("done");
        }
        Answer page = person.get("/c/" + id);
        assertTrue(page.text().contains("Half of"));
        assertTrue(page.text().contains("data-state=\"stopped\""));
    }

    /** A browser that lost its cookie is told so, with its words in the composer of a new conversation. */
    @Test
    void wordsToAConversationOutOfReachAreGivenBack() {
        String id = person.begin("Hello");
        Person forgetful = site.person();

        Answer answer = forgetful.post("/c/" + id + "/messages", "text", "A long thought <b>");

        assertEquals(404, answer.status());
        assertEquals(
                "A long thought &lt;b&gt;",
                answer.find("<textarea id=\"text\"[^>]*>(.*?)</textarea>").strip());
        assertEquals("/c", answer.find("<form class=\"composer\"[^>]*action=\"([^\"]*)\""));
    }

    @Test
    void titleIsShownAsItWasTyped() {
        String id = person.begin("Hello");

        assertEquals(
                303,
                person.post("/c/" + id + "/title", "title", "<b>Olga's</b> & \"letters\"")
                        .status());

        Answer page = person.get("/c/" + id);
        assertTrue(
                page.find("<h1[^>]*>(.*?)</h1>").contains("&lt;b&gt;Olga&#39;s&lt;/b&gt; &amp;"),
                page.find("(<h1.*?</h1>)"));
        assertFalse(page.text().contains("<b>Olga"));
    }
}
