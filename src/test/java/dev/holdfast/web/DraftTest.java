package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.HandClock;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import dev.holdfast.protect.KeyRing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was typed and not sent stands in the composer again, whenever and wherever its owner opens the page. */
@Timeout(60)
class DraftTest {
    private static final String KEY = KeyRing.keygen(new Random(1)).strip();

    @TempDir
    Path data;

    private RunningSite site;
    private Person olga;
    private String id;

    private void start(String... settings) {
        site = RunningSite.start(data, ScriptedModel.answering("Nice to meet you, Olga!"), settings);
        olga = site.person();
        id = olga.beginAndHear("My name is Olga");
    }

    private void restart(String... settings) {
        site.close();
        site = RunningSite.start(data, ScriptedModel.answering("Yes."), settings);
        olga = olga.at(site);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private Answer keep(Person person, String text) {
        return person.postJson("/c/" + id + "/draft", "text", text);
    }

    private static String typed(Answer page) {
        assertEquals(200, page.status(), page.toString());
        return page.find("<textarea id=\"text\"[^>]*>(.*?)</textarea>");
    }

    private String typed() {
        return typed(olga.get("/c/" + id));
    }

    private List<Path> files() throws IOException {
        Path folder = data.resolve("people").resolve("drafts");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void draftStandsInTheComposerAlsoAfterARestart() {
        start();
        assertEquals("", typed());
        assertFalse(olga.get("/c/" + id).text().contains("data-saved-at"));

        Answer kept = keep(olga, "Dear neighbour,\r\n<how> are you?");

        assertEquals(200, kept.status(), kept.toString());
        assertEquals("{\"saved\":true,\"at\":\"" + HandClock.START + "\"}", kept.text());
        assertEquals("Dear neighbour,\n&lt;how&gt; are you?", typed());
        restart();
        assertEquals("Dear neighbour,\n&lt;how&gt; are you?", typed());
        assertEquals(HandClock.START.toString(), olga.get("/c/" + id).find("data-saved-at=\"([^\"]*)\""));
    }

    @Test
    void emptyDraftRemovesWhatWasKept() throws IOException {
        start();
        keep(olga, "Dear");
        assertEquals(1, files().size());
        assertEquals(200, keep(olga, "").status());
        assertEquals("", typed());
        assertEquals(List.of(), files());
    }

    @Test
    void formWithoutTextIsRefused() {
        start();
        keep(olga, "Dear");
        assertEquals(400, olga.postJson("/c/" + id + "/draft").status());
        assertEquals("Dear", typed());
    }

    @Test
    void formWithoutScriptLeadsBackToTheConversation() {
        start();
        Answer kept = olga.post("/c/" + id + "/draft", "text", "Dear");
        assertEquals(303, kept.status());
        assertEquals("/c/" + id, kept.header("location").orElseThrow());
    }

    @Test
    void draftIsNoMessageAndNoLineOfTheConversation() {
        start();
        String before = olga.getJson("/c/" + id + "/messages").text();
        keep(olga, "Dear neighbour");
        assertEquals(before, olga.getJson("/c/" + id + "/messages").text());
        site.files()
                .forEach((name, content) -> assertEquals(
                        name.startsWith("people/drafts/") && name.endsWith(".json"),
                        content.contains("Dear neighbour"),
                        name));
    }

    @Test
    void draftIsPrivateToItsOwnerOnDisk() throws IOException {
        start();
        keep(olga, "Dear");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))));
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(files().get(0).getParent())));
    }

    @Test
    void sentMessageTakesItsDraftWithItAndLeavesAnother() throws IOException {
        start();
        keep(olga, "Dear neigh");
        assertEquals(
                202,
                olga.postJson("/c/" + id + "/messages", "text", "Something else")
                        .status());
        assertEquals("Dear neigh", typed());
        assertEquals(
                202,
                olga.postJson("/c/" + id + "/messages", "text", "Dear neighbour")
                        .status());
        assertEquals("", typed());
        assertEquals(List.of(), files());
    }

    @Test
    void draftThatIsTooLongIsRefusedAndTheOneBeforeStays() {
        start("limit.message", "20");
        keep(olga, "12345678901234567890");
        for (String text : List.of("123456789012345678901", "123456789012345678\u00e9\u00e9", "x".repeat(10_000))) {
            Answer refused = keep(olga, text);
            assertEquals(413, refused.status(), refused.toString());
            assertTrue(refused.isProblemJson());
            Answer page = olga.post("/c/" + id + "/draft", "text", text);
            assertEquals(413, page.status());
        }
        assertEquals("12345678901234567890", typed());
        Answer given = olga.post("/c/" + id + "/draft", "text", "123456789012345678901");
        assertEquals(
                "123456789012345678901",
                given.find("<textarea id=\"text\"[^>]*>(.*?)</textarea>"),
                "nothing is lost on the page");
    }

    @Test
    void secretInADraftIsReplacedBeforeItIsKept() {
        start("redact", "secrets");
        keep(olga, "AKIAIOSFODNN7EXAMPLE is my key");
        assertEquals("&lt;AWS_KEY_0&gt; is my key", typed());
        assertFalse(site.files().toString().contains("AKIAIOSFODNN7EXAMPLE"));
        olga.postJson("/c/" + id + "/messages", "text", "AKIAIOSFODNN7EXAMPLE is my key");
        assertEquals("", typed(), "what is sent is the same text");
    }

    @Test
    void withAKeyDraftsAreSealedOnceTheyAreReadAndInTheClearAgainWithout() throws IOException {
        start();
        keep(olga, "a word that nobody else should read");
        restart("encryption.key", KEY);
        assertEquals("a word that nobody else should read", typed());
        assertEquals(1, files().size());
        assertTrue(files().get(0).toString().endsWith(".json.fernet"));
        assertFalse(
                Files.readString(files().get(0), StandardCharsets.ISO_8859_1).contains("nobody"));
        restart("encryption.key", KEY, "encryption", "off");
        assertEquals("a word that nobody else should read", typed());
        assertTrue(Files.readString(files().get(0)).contains("nobody"));
    }

    @Test
    void brokenDraftIsNoReasonToFailThePage() throws IOException {
        start();
        keep(olga, "a word that nobody else should read");
        Files.writeString(files().get(0), "{\"text\":\"a word that nobody");
        assertEquals("", typed());
        keep(olga, "Dear");
        assertEquals("Dear", typed());
    }

    @Test
    void draftThatCannotBeWrittenIsSaidAndThePageShowsItAllTheSame() throws IOException {
        start();
        Files.createDirectories(data.resolve("people"));
        Files.writeString(data.resolve("people").resolve("drafts"), "no folder");
        assertEquals(503, keep(olga, "Dear").status());
        assertEquals("", typed());
        assertEquals(
                202, olga.postJson("/c/" + id + "/messages", "text", "Dear").status());
    }

    @Test
    void browserThatALinkLetInHasADraftOfItsOwn() {
        start();
        String code =
                olga.postJson("/c/" + id + "/resume-link").json().get("code").getAsString();
        Person phone = site.person();
        phone.get("/");
        assertEquals(404, keep(phone, "From the phone").status());
        assertEquals(303, phone.post("/resume", "code", code).status());
        keep(olga, "From the laptop");

        assertEquals("", typed(phone.get("/c/" + id)));
        assertEquals(200, keep(phone, "From the phone").status());

        assertEquals("From the phone", typed(phone.get("/c/" + id)));
        assertEquals("From the laptop", typed());
    }

    @Test
    void draftIsKeptThroughTrashAndRestoreAndCannotBeChangedThere() {
        start();
        keep(olga, "Dear");
        olga.postJson("/c/" + id + "/delete");
        assertEquals(404, keep(olga, "Dearest").status());
        olga.postJson("/c/" + id + "/restore");
        assertEquals("Dear", typed());
    }

    @Test
    void typingIsAnActivity() {
        start();
        site.pass(Duration.ofMinutes(26));
        assertTrue(olga.get("/c/" + id).text().contains("data-kind=\"warned\""));
        keep(olga, "Dear");
        assertTrue(olga.get("/c/" + id).text().contains("data-kind=\"none\""));
        site.pass(Duration.ofMinutes(24));
        assertTrue(olga.get("/c/" + id).text().contains("data-kind=\"none\""));
    }
}
