package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.holdfast.Answer;
import dev.holdfast.Events;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a conversation used, and what was sent: pages, JSON and lines. */
class UsagePageTest {
    private static final String HOSTILE = "</pre><script>alert(1)</script>";

    @TempDir
    static Path data;

    @TempDir
    static Path settings;

    private static RunningSite site;
    private static Person olga;
    private static String id;

    @BeforeAll
    static void start() throws IOException {
        Path prices = settings.resolve("prices.txt");
        Files.writeString(prices, "date = 2026-11-01\ncurrency = USD\nscripted = input 3, output 15\n");
        site = RunningSite.start(data, ScriptedModel.answering("Nice!"), "prices", prices.toString());
        olga = site.person();
        id = olga.beginAndHear(HOSTILE);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void threadLeadsToWhatWasUsedAndFromThereToWhatWasSent() {
        Answer thread = olga.get("/c/" + id);
        assertTrue(thread.text().contains("$0.000171"), "what the reply cost stands beside its tokens");

        Answer usage = olga.get(thread.find("<a id=\"usage\" href=\"([^\"]*)\""));

        assertEquals(200, usage.status());
        assertTrue(usage.isPage(), usage.toString());
        assertTrue(usage.text().contains("$0.000171"), usage.text());
        assertTrue(usage.text().contains("prices of 2026-11-01"), usage.text());
        assertTrue(usage.text().contains("<svg role=\"img\""), usage.text());
        Answer sent = olga.get(usage.find("href=\"(/c/[a-z0-9]+/usage/m2)\""));
        assertEquals(200, sent.status());
        assertTrue(sent.text().contains("This is what was sent, to the letter"), sent.text());
    }

    @Test
    void whatWasSentIsShownAsTextWhateverItSays() {
        Answer sent = olga.get("/c/" + id + "/usage/m2");

        assertFalse(sent.text().contains("<script"), sent.text());
        assertTrue(sent.find("<pre class=\"sent\"[^>]*>(.*?)</pre>").contains("&lt;script&gt;alert(1)"), sent.text());
        assertFalse(olga.get("/c/" + id + "/usage").text().contains("<script"));
    }

    @Test
    void programsGetNumbersAndLines() {
        JsonObject usage = olga.getJson("/c/" + id + "/usage").json();
        assertEquals(0.000171, usage.getAsJsonObject("conversation").get("cost").getAsDouble());
        assertEquals(
                9,
                usage.getAsJsonObject("turn")
                        .getAsJsonObject("usage")
                        .get("output")
                        .getAsInt());

        JsonObject sent = olga.getJson("/c/" + id + "/usage/m2").json();
        assertTrue(sent.get("same").getAsBoolean(), sent.toString());
        assertTrue(sent.get("body").getAsString().contains("alert(1)"), sent.toString());

        Answer lines = olga.get("/c/" + id + "/traces");
        assertEquals("application/jsonl", lines.type());
        List<String> calls = lines.text().lines().toList();
        assertEquals(1, calls.size());
        JsonObject call = JsonParser.parseString(calls.get(0)).getAsJsonObject();
        assertEquals("m2", call.get("id").getAsString());
        assertEquals("USD", call.get("currency").getAsString());
        assertEquals(sent.get("sha256"), call.getAsJsonObject("sent").get("sha256"));
        assertFalse(calls.get(0).contains("alert"), "no words");
    }

    @Test
    void linesAreLimitedAsAsked() {
        Person paul = site.person();
        String two = paul.beginAndHear("Hello");
        try (Events events = paul.events("/c/" + two + "/events")) {
            paul.post("/c/" + two + "/messages", "text", "Hello again");
            events.await("done");
            events.await("done");
        }

        assertEquals(2, paul.get("/c/" + two + "/traces").text().lines().count());
        assertTrue(paul.get("/c/" + two + "/traces?limit=1").text().contains("\"id\":\"m4\""));
        assertEquals(400, paul.get("/c/" + two + "/traces?limit=0").status());
    }

    @Test
    void messageThatAsksForTheTokensLeadsThereAndIsSentToNobody() {
        Person paul = site.person();
        String hello = paul.beginAndHear("Hello");

        Answer form = paul.post("/c/" + hello + "/messages", "text", " /tokens\n");
        Answer program = paul.postJson("/c/" + hello + "/messages", "text", "/tokens");

        assertEquals(303, form.status());
        assertEquals("/c/" + hello + "/usage", form.header("location").orElseThrow());
        assertEquals(200, program.status());
        assertEquals("/c/" + hello + "/usage", program.json().get("page").getAsString());
        assertEquals(
                2,
                paul.getJson("/c/" + hello + "/messages")
                        .json()
                        .getAsJsonArray("messages")
                        .size());
        assertEquals(
                202,
                paul.postJson("/c/" + hello + "/messages", "text", "What is /tokens?")
                        .status());
        assertEquals(
                404,
                site.person()
                        .post("/c/" + hello + "/messages", "text", "/tokens")
                        .status());
    }

    @Test
    void thereAreNoTokensBeforeAConversationHasBegun() {
        Person paul = site.person();

        Answer refused = paul.post("/c", "text", "/tokens");

        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("this one has not begun"), refused.text());
        assertTrue(refused.text().contains(">/tokens</textarea>"), "it is given back");
        assertEquals(
                0,
                paul.getJson("/conversations")
                        .json()
                        .getAsJsonArray("conversations")
                        .size());
    }

    @Test
    void replyThatIsNoneHasNoPage() {
        assertEquals(404, olga.get("/c/" + id + "/usage/m1").status());
        assertEquals(404, olga.get("/c/" + id + "/usage/m99").status());
        assertEquals(404, olga.get("/c/" + id + "/usage/%3Cscript%3E").status());
        for (String path : List.of("/usage", "/usage/m2", "/traces")) {
            assertEquals(404, site.person().get("/c/" + id + path).status(), path);
        }
    }

    @Test
    void priceThatIsNotKnownIsNotMadeUp(@TempDir Path other) {
        try (RunningSite unpriced = RunningSite.start(other, ScriptedModel.answering("Nice!"))) {
            Person paul = unpriced.person();
            String hello = paul.beginAndHear("Hello");

            Answer usage = paul.get("/c/" + hello + "/usage");

            assertTrue(usage.text().contains("price not known: scripted"), usage.text());
            assertFalse(usage.text().contains("$"), usage.text());
            assertFalse(paul.get("/c/" + hello + "/traces").text().contains("\"cost\""));
        }
    }

    @Test
    void afterTheInstructionsChangedItIsSaid(@TempDir Path other) {
        String hello;
        Person paul;
        try (RunningSite before =
                RunningSite.start(other, ScriptedModel.answering("Nice!"), "model.system", "Be kind.")) {
            paul = before.person();
            hello = paul.beginAndHear("Hello");
            assertTrue(paul.get("/c/" + hello + "/usage/m2").text().contains("to the letter"));
        }
        try (RunningSite after =
                RunningSite.start(other, ScriptedModel.answering("Nice!"), "model.system", "Be brief.")) {
            Answer sent = paul.at(after).get("/c/" + hello + "/usage/m2");

            assertTrue(sent.text().contains("This is not what was sent: its fingerprint is another."), sent.text());
            assertFalse(sent.text().contains("to the letter"), sent.text());
        }
    }
}
