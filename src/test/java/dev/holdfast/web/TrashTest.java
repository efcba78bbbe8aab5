package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.holdfast.Answer;
import dev.holdfast.Events;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Into the trash and out of it, by forms and by the same requests as a program sends them. */
class TrashTest {
    @TempDir
    static Path data;

    private static RunningSite site;
    private Person olga;
    private String id;

    @BeforeAll
    static void start() {
        site = RunningSite.start(data, ScriptedModel.answering("Nice to meet you, Olga!"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void begin() {
        olga = site.person();
        id = olga.beginAndHear("My name is Olga");
    }

    private static List<String> ids(Person person, String target) {
        List<String> ids = new ArrayList<>();
        person.getJson(target)
                .json()
                .getAsJsonArray("conversations")
                .forEach(one -> ids.add(one.getAsJsonObject().get("id").getAsString()));
        return ids;
    }

    /** What everybody sees who must not know that there is anything. */
    private void assertOnlyInTheTrash() {
        assertEquals(List.of(), ids(olga, "/conversations"));
        assertEquals(List.of(id), ids(olga, "/trash"));
    }

    @Test
    void formsAloneMoveToTheTrashAndBack() {
        String delete = olga.get("/c/" + id).find("action=\"(/c/[a-z0-9]+/delete)\"");

        Answer deleted = olga.post(delete);

        assertEquals(303, deleted.status());
        Answer front = olga.get(deleted.header("location").orElseThrow());
        assertEquals(200, front.status());
        assertTrue(front.find("<div class=\"notice\" id=\"trashed\"(.*?)</div>").contains("Moved to the trash."));
        assertOnlyInTheTrash();

        Answer undone = olga.post(front.find("id=\"trashed\".*?action=\"([^\"]*)\""));

        assertEquals(303, undone.status());
        assertEquals("/c/" + id, undone.header("location").orElseThrow());
        assertTrue(olga.get("/c/" + id).text().contains("My name is Olga"));
        assertEquals(List.of(id), ids(olga, "/conversations"));
        assertEquals(List.of(), ids(olga, "/trash"));
    }

    @Test
    void trashPageListsAndRestores() {
        assertTrue(olga.get("/trash").text().contains("The trash is empty."));
        olga.post("/c/" + id + "/title", "title", "Olga's letters");
        olga.post("/c/" + id + "/delete");

        Answer trash = olga.get("/trash");

        assertTrue(trash.isPage(), trash.toString());
        assertEquals("Olga&#39;s letters", trash.find("class=\"sheet-name\"[^>]*>([^<]*)<"));
        assertTrue(trash.find("(<time .*?</time>)").matches("<time datetime=\"\\d{4}-\\d\\d-\\d\\d\">[^<]+</time>"));
        assertTrue(trash.text().contains("kept until whoever runs this server"), "who removes it, and who does not");
        assertEquals(
                303,
                olga.post(trash.find("<form method=\"post\" action=\"([^\"]*)\""))
                        .status());
        assertTrue(olga.get("/trash").text().contains("The trash is empty."));
    }

    @Test
    void programsGetJson() {
        Answer deleted = olga.postJson("/c/" + id + "/delete");
        JsonObject trashed = olga.getJson("/trash")
                .json()
                .getAsJsonArray("conversations")
                .get(0)
                .getAsJsonObject();
        Answer restored = olga.postJson("/c/" + id + "/restore");

        assertEquals(200, deleted.status());
        assertEquals("{}", deleted.text());
        assertEquals("My name is Olga", trashed.get("title").getAsString());
        assertTrue(trashed.has("lastActivity"));
        assertEquals(200, restored.status());
        assertEquals(List.of(id), ids(olga, "/conversations"));
    }

    /** An impatient double click, and a retry after an answer that got lost. */
    @Test
    void secondClickIsContent() {
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "/?trashed=" + id,
                    olga.post("/c/" + id + "/delete").header("location").orElseThrow());
        }
        assertOnlyInTheTrash();
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "/c/" + id,
                    olga.post("/c/" + id + "/restore").header("location").orElseThrow());
        }
        assertEquals(List.of(id), ids(olga, "/conversations"));
    }

    @Test
    void everyAddressOfATrashedConversationIsGone() {
        olga.post("/c/" + id + "/delete");

        for (String end : List.of("", "/messages", "/messages/m1", "/events")) {
            assertEquals(404, olga.ask("GET", "/c/" + id + end).send().status(), end);
            assertEquals(404, olga.ask("GET", "/c/" + id + end).json().send().status(), end);
        }
        for (String end : List.of("/messages", "/title", "/stop", "/resume", "/extend", "/resume-link")) {
            Answer answer = olga.postJson("/c/" + id + end, "text", "More", "title", "Other");
            assertEquals(404, answer.status(), end);
        }
        assertOnlyInTheTrash();
    }

    @Test
    void itsPageTellsItsOwnerWhereItIsAndNobodyElse() {
        Person paul = site.person();
        paul.beginAndHear("I am Paul");
        olga.post("/c/" + id + "/delete");

        Answer page = olga.get("/c/" + id);
        Answer others = paul.get("/c/" + id);

        assertEquals(404, page.status());
        assertTrue(page.isPage());
        assertTrue(page.text().contains("href=\"/\""), "a way on");
        assertEquals("/c/" + id + "/restore", page.find("<form method=\"post\" action=\"([^\"]*)\""));
        assertEquals(404, others.status());
        assertEquals(paul.get("/c/01aaaaaaaaaaaaaaaaaaaaaaaa").text(), others.text());
    }

    @Test
    void whoHasItOpenIsSentAway() {
        try (Events events = olga.events("/c/" + id + "/events?after=0")) {
            events.await("done");

            olga.post("/c/" + id + "/delete");

            while (events.next() != null) {
                // until the stream has ended
            }
        }
        assertEquals(404, olga.ask("HEAD", "/c/" + id + "/events").send().status());
    }

    @Test
    void runningReplyIsBrokenOffAndWhatHasComeIsKept() {
        ScriptedModel model = ScriptedModel.byHand();
        try (RunningSite own = RunningSite.start(data.resolve("running"), model)) {
            Person person = own.person();
            String running = person.begin("Tell me");
            try (Events events = person.events("/c/" + running + "/events?after=0")) {
                model.awaitCall().say("Half of");
                events.await("delta");

                assertEquals(303, person.post("/c/" + running + "/delete").status());
            }
            assertEquals(303, person.post("/c/" + running + "/restore").status());
            assertTrue(person.get("/c/" + running).text().contains("Half of"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/delete", "/restore"})
    void strangerMovesNothing(String end) {
        Person paul = site.person();
        paul.beginAndHear("I am Paul");
        if (end.equals("/restore")) {
            olga.post("/c/" + id + "/delete");
        }
        Map<String, String> before = site.kept();

        for (Person asking : List.of(paul, site.person())) {
            assertEquals(404, asking.post("/c/" + id + end).status());
            assertEquals(404, asking.postJson("/c/" + id + end).status());
        }

        assertEquals(before, site.kept());
        assertEquals(List.of(), ids(paul, "/trash"));
    }

    /** A link lets somebody read and write, and not throw away. */
    @Test
    void whoALinkLetInMovesNothingAndIsNotOfferedTo() {
        Person paul = site.person();
        String code =
                olga.postJson("/c/" + id + "/resume-link").json().get("code").getAsString();
        assertEquals(303, paul.post("/resume", "code", code).status());
        Answer page = paul.get("/c/" + id);
        assertEquals(200, page.status());
        assertFalse(page.text().contains("/delete\""), page.text());

        assertEquals(404, paul.post("/c/" + id + "/delete").status());
        assertEquals(404, paul.post("/c/" + id + "/restore").status());
        assertEquals(200, olga.get("/c/" + id).status());

        olga.post("/c/" + id + "/delete");
        Answer gone = paul.get("/c/" + id);
        assertEquals(404, gone.status());
        assertFalse(gone.text().contains("/restore\""), gone.text());
        assertEquals(404, paul.post("/c/" + id + "/restore").status());
        assertEquals(List.of(), ids(paul, "/trash"));
        assertOnlyInTheTrash();
    }

    @Test
    void anotherSitesPageMovesNothing() {
        for (String end : List.of("/delete", "/restore")) {
            Answer answer = olga.ask("POST", "/c/" + id + end)
                    .header("Sec-Fetch-Site", "cross-site")
                    .send();
            assertEquals(403, answer.status());
        }
        assertEquals(List.of(id), ids(olga, "/conversations"));
    }

    @Test
    void trashShowsNoMoreThanAskedForAndSaysSo() {
        site.pass(Duration.ofSeconds(1));
        String later = olga.beginAndHear("Another one");
        olga.post("/c/" + id + "/delete");
        olga.post("/c/" + later + "/delete");

        assertEquals(List.of(later, id), ids(olga, "/trash"), "the most recently active first");
        assertEquals(List.of(later), ids(olga, "/trash?limit=1"));
        assertTrue(olga.getJson("/trash?limit=1").json().get("more").getAsBoolean());
        assertFalse(olga.getJson("/trash").json().get("more").getAsBoolean());
        assertTrue(olga.get("/trash?limit=1").text().contains("Older ones"));
        assertFalse(olga.get("/trash").text().contains("Older ones"));
    }

    /** The address of the front page may say anything. */
    @ParameterizedTest
    @ValueSource(strings = {"/?trashed=", "/?trashed=x", "/?trashed=%3Cscript%3E", "/?trashed=../../x"})
    void noticeNamesConversationsOnly(String target) {
        Answer answer = olga.get(target);

        assertEquals(200, answer.status());
        assertFalse(answer.text().contains("id=\"trashed\""));
    }
}
