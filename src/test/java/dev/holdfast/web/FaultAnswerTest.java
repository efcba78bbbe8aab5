package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.CapturedLog;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the disk fails: a clear answer, the words back, nothing of the inside told, and nothing healthy lost. */
class FaultAnswerTest {
    private static final String SECRET = "a word that nobody else should read";

    @TempDir
    Path data;

    private RunningSite site;
    private Person olga;
    private String id;
    private CapturedLog log;

    @BeforeEach
    void start() {
        log = CapturedLog.begin();
        site = RunningSite.start(data, ScriptedModel.answering("Yes."));
        olga = site.person();
        id = olga.beginAndHear(SECRET);
    }

    @AfterEach
    void stop() {
        site.close();
        log.close();
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.getFileName().toString().equals(id + ".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void restart() {
        site.close();
        site = RunningSite.start(data, ScriptedModel.answering("Yes."));
        olga = olga.at(site);
    }

    private static void assertTellsNothing(String text) {
        for (String inside : List.of("Exception", "dev.holdfast", "\tat ", ".java:", "/people", "/conversations/")) {
            assertFalse(text.contains(inside), inside + " in " + text);
        }
    }

    private void assertRefusedClearly(Answer answer) {
        assertEquals(503, answer.status(), answer.toString());
        assertTrue(answer.isProblemJson() || answer.isPage());
        assertTellsNothing(answer.text());
    }

    private void assertLogHasNoContent() {
        assertNotEquals("", log.text(), "the operator is told");
        assertFalse(log.text().contains(SECRET));
        assertFalse(log.text().contains(olga.cookie()));
        assertFalse(log.text().contains("\tat "), log.text());
    }

    @Test
    void unreadableConversationIsSaidAndNotShownAsEmpty() throws IOException {
        String healthy = olga.beginAndHear("Another one");
        olga.get("/c/" + id);
        Path file = file();
        restart();
        olga.get("/conversations");
        Files.move(file, file.resolveSibling("kept"));
        Files.createDirectory(file);
        try {
            assertRefusedClearly(olga.get("/c/" + id));
            assertRefusedClearly(olga.getJson("/c/" + id + "/messages"));
            Answer given = olga.post("/c/" + id + "/messages", "text", SECRET);
            assertRefusedClearly(given);
            assertTrue(
                    given.find("<textarea id=\"text\"[^>]*>(.*?)</textarea>").contains(SECRET),
                    "the words are given back");
            assertRefusedClearly(olga.postJson("/c/" + id + "/messages", "text", SECRET));
            assertEquals(200, olga.get("/c/" + healthy).status());
            assertLogHasNoContent();
        } finally {
            Files.delete(file);
            Files.move(file.resolveSibling("kept"), file);
        }
        assertTrue(olga.get("/c/" + id).text().contains(SECRET), "and it is there again when the disk is");
    }

    @Test
    void conversationThatCannotBeCreatedIsRefusedWithItsWords() throws IOException {
        Path folder = data.resolve("conversations");
        Files.move(folder, data.resolve("elsewhere"));
        Files.writeString(folder, "no folder");
        try {
            Answer page = olga.post("/c", "text", SECRET);
            assertRefusedClearly(page);
            assertTrue(page.find("<textarea id=\"text\"[^>]*>(.*?)</textarea>").contains(SECRET));
            assertRefusedClearly(olga.postJson("/c", "text", SECRET));
            assertLogHasNoContent();
        } finally {
            Files.delete(folder);
            Files.move(data.resolve("elsewhere"), folder);
        }
        assertEquals(303, olga.post("/c", "text", SECRET).status());
    }

    @Test
    void mailThatCannotBeWrittenIsSaid() throws IOException {
        Files.createDirectories(data.resolve("people"));
        Files.writeString(data.resolve("people").resolve("outbox"), "no folder");

        Answer answer = olga.postJson("/c/" + id + "/resume-link", "email", "olga@example.org");

        assertEquals(502, answer.status(), answer.toString());
        assertTrue(answer.isProblemJson());
        assertTellsNothing(answer.text());
        assertFalse(log.text().contains("olga@example.org"));
    }
}
