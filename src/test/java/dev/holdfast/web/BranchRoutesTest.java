package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.Answer;
import dev.holdfast.Events;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other ways through a conversation, as a page and a program ask for them. */
class BranchRoutesTest {
    static final Set<String> WAYS = Set.of(
            "/c/{id}/undo", "/c/{id}/redo", "/c/{id}/regenerate", "/c/{id}/continue", "/c/{id}/edit", "/c/{id}/branch");

    @TempDir
    Path data;

    private RunningSite site;
    private Person olga;
    private String id;

    @BeforeEach
    void start() {
        site = RunningSite.start(data, ScriptedModel.answering("Nice to meet you!"));
        olga = site.person();
        id = olga.beginAndHear("My name is Olga");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    /** Asks, and waits for what comes of it. */
    private Answer ask(String what, String awaited, String... fields) {
        try (Events events = olga.events("/c/" + id + "/events?after=" + cursor())) {
            Answer answer = olga.postJson("/c/" + id + "/" + what, fields);
            events.await(awaited);
            return answer;
        }
    }

    private String cursor() {
        return olga.get("/c/" + id).find("data-cursor=\"([^\"]*)\"");
    }

    private List<String> shown() {
        JsonArray messages = olga.getJson("/c/" + id + "/messages").json().getAsJsonArray("messages");
        List<String> shown = new ArrayList<>();
        messages.forEach(each -> {
            JsonObject message = each.getAsJsonObject();
            shown.add(message.get("id").getAsString() + " of " + message.getAsJsonArray("siblings"));
        });
        return shown;
    }

    @Test
    void replyIsAnsweredAgainAndTheOtherIsASwitchAway() {
        assertEquals(200, ask("regenerate", "done", "message", "m2").status());
        assertEquals(List.of("m1 of [\"m1\"]", "m3 of [\"m2\",\"m3\"]"), shown());
        String page = olga.get("/c/" + id).text();
        assertTrue(page.contains(">2/2</span>"), page);

        assertEquals(200, ask("branch", "head", "message", "m2").status());
        assertEquals(List.of("m1 of [\"m1\"]", "m2 of [\"m2\",\"m3\"]"), shown());
    }

    @Test
    void messageIsEditedAndAnswered() {
        Answer edited = ask("edit", "done", "message", "m1", "text", "My name is Irina", "key", "key-of-edit");
        assertEquals(202, edited.status());
        assertEquals("m3", edited.json().get("message").getAsString());
        assertEquals(List.of("m3 of [\"m1\",\"m3\"]", "m4 of [\"m4\"]"), shown());
        Answer again =
                olga.postJson("/c/" + id + "/edit", "message", "m1", "text", "My name is Irina", "key", "key-of-edit");
        assertEquals("m3", again.json().get("message").getAsString());
    }

    @Test
    void exchangeIsTakenBackAndBroughtBack() {
        assertEquals(200, ask("undo", "head").status());
        assertEquals(List.of(), shown());
        assertEquals(404, olga.postJson("/c/" + id + "/undo").status());
        assertEquals(200, ask("redo", "head").status());
        assertEquals(List.of("m1 of [\"m1\"]", "m2 of [\"m2\"]"), shown());
        assertEquals(404, olga.postJson("/c/" + id + "/redo").status());
    }

    @Test
    void formsLeadBackToTheConversation() {
        for (String what : List.of("undo", "redo")) {
            Answer answer = olga.post("/c/" + id + "/" + what);
            assertEquals(303, answer.status());
            assertEquals("/c/" + id, answer.header("location").orElseThrow());
        }
    }

    @Test
    void whatIsMissingOrUnknownIsASentence() {
        assertEquals(400, olga.postJson("/c/" + id + "/branch").status());
        assertEquals(400, olga.postJson("/c/" + id + "/edit", "text", "Hello").status());
        assertEquals(400, olga.postJson("/c/" + id + "/edit", "message", "m1").status());
        assertEquals(
                404, olga.postJson("/c/" + id + "/branch", "message", "m99").status());
        assertEquals(
                404,
                olga.postJson("/c/" + id + "/edit", "message", "../m1", "text", "Hello")
                        .status());
        assertEquals(
                404, olga.postJson("/c/" + id + "/regenerate", "message", "m99").status());
    }

    @Test
    void continueAnswersTheLastMessageAgain() {
        assertEquals(200, ask("continue", "done").status());
        assertEquals(List.of("m1 of [\"m1\"]", "m3 of [\"m2\",\"m3\"]"), shown());
    }
}
