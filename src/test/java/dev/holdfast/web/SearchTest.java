package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.Answer;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.SearchHit;
import dev.holdfast.conversation.SearchHit.Piece;
import dev.holdfast.web.view.SearchView;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search shows, and to whom. */
class SearchTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
    private static final String ID = "01k000000000000000000000ab";

    @TempDir
    static Path data;

    private static RunningSite site;
    private static Person olga;
    private static String id;

    @BeforeAll
    static void start() {
        site = RunningSite.start(data, ScriptedModel.answering("The lighthouse keeper & his <b>lamp</b>."));
        olga = site.person();
        id = olga.beginAndHear("Tell me about Norderney");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static SearchHit hit(String title, Optional<String> message, Piece... snippet) {
        Listing listing = new Listing(
                ConversationId.parse(ID).orElseThrow(), new Owner("h:olga"), "web:x", title, NOW, NOW, false);
        return new SearchHit(listing, message, List.of(snippet));
    }

    @Test
    void hitInATextShowsTheTitleAndWhatStandsAroundIt() {
        Piece before = new Piece("the old ", false);
        Piece matched = new Piece("lighthouse", true);

        SearchView view = new Views(Clock.systemUTC(), (model, usage) -> Optional.empty())
                .search("lighthouse", List.of(hit("Norderney", Optional.of("m12"), before, matched)));

        SearchView.Hit shown =
                new SearchView.Hit(ID, "m12", List.of(new Piece("Norderney", false)), List.of(before, matched));
        assertEquals(new SearchView("lighthouse", List.of(shown)), view);
    }

    @Test
    void hitInATitleShowsTheTitleOnce() {
        Piece matched = new Piece("Norderney", true);

        SearchView view = new Views(Clock.systemUTC(), (model, usage) -> Optional.empty())
                .search("norderney", List.of(hit("Norderney", Optional.empty(), matched)));

        assertEquals(List.of(new SearchView.Hit(ID, "", List.of(matched), List.of())), view.hits());
    }

    @Test
    void programsGetThePieces() {
        JsonArray hits = SearchServlet.json(List.of(
                        hit("Norderney", Optional.of("m12"), new Piece("old ", false), new Piece("light", true)),
                        hit("", Optional.empty())))
                .getAsJsonArray("hits");

        JsonObject inText = hits.get(0).getAsJsonObject();
        assertEquals(ID, inText.get("id").getAsString());
        assertEquals("Norderney", inText.get("title").getAsString());
        assertEquals("m12", inText.get("message").getAsString());
        assertEquals(
                "[{\"text\":\"old \",\"matched\":false},{\"text\":\"light\",\"matched\":true}]",
                inText.get("snippet").toString());
        assertFalse(hits.get(1).getAsJsonObject().has("message"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/search", "/search?q=", "/search?q=+", "/search?q=%E3%80%80"})
    void nothingAskedForLeadsToTheList(String target) {
        Answer page = olga.get(target);

        assertEquals(303, page.status());
        assertEquals("/", page.header("location").orElseThrow());
        assertEquals("{\"hits\":[]}", olga.getJson(target).text());
    }

    @Test
    void nothingFoundIsASentence() {
        Answer page = olga.get("/search?q=zyzzyva");

        assertEquals(200, page.status());
        assertTrue(page.isPage());
        assertTrue(page.find("data-part=\"hits\">(.*?)</section>").contains("Nothing found."), page.toString());
        assertEquals("{\"hits\":[]}", olga.getJson("/search?q=zyzzyva").text());
    }

    @Test
    void formIsOnEveryPageAndKeepsWhatWasAskedFor() {
        for (String target : List.of("/", "/c/" + id, "/search?q=x")) {
            Answer page = olga.get(target);
            assertEquals("/search", page.find("<form class=\"find\"[^>]* action=\"([^\"]*)\""), target);
        }
        Answer page = olga.get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        assertFalse(page.text().contains("<script>"), page.toString());
        assertEquals(
                "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
                page.find("<input id=\"q\"[^>]* value=\"([^\"]*)\""));
    }

    @Test
    void wordOfAReplyIsFoundAndLeadsToIt() {
        Answer page = olga.get("/search?q=lighthouse");

        assertEquals(
                "/c/" + id + "#message-m2", page.find("data-part=\"hits\".*?<a href=\"([^\"]*)\""), page.toString());
        String snippet = page.find("<span class=\"hit-words\"[^>]*>(.*?)</span>");
        assertTrue(snippet.contains("<mark>lighthouse</mark> keeper &amp; his &lt;b&gt;lamp&lt;/b&gt;"), snippet);
        assertTrue(olga.get("/c/" + id).text().contains(" id=\"message-m2\""), "where the link leads");
    }

    @Test
    void nobodyFindsWhatIsNotTheirs() {
        Person paul = site.person();
        String pauls = paul.beginAndHear("Where is my hat");

        assertFalse(paul.getJson("/search?q=Norderney").text().contains(id));
        assertTrue(paul.getJson("/search?q=hat").text().contains(pauls), "a guard: he finds his own");
        assertEquals(
                "{\"hits\":[]}", site.person().getJson("/search?q=Norderney").text());
    }

    @Test
    void whatIsInTheTrashIsNotFoundUntilItIsRestored() {
        Person irina = site.person();
        String trashed = irina.beginAndHear("Where is my umbrella");
        assertTrue(irina.getJson("/search?q=umbrella").text().contains(trashed), "a guard: it is found before");

        irina.post("/c/" + trashed + "/delete");
        assertFalse(irina.getJson("/search?q=umbrella").text().contains(trashed));

        irina.post("/c/" + trashed + "/restore");
        assertTrue(irina.getJson("/search?q=umbrella").text().contains(trashed));
    }

    @Test
    void noMoreThanTwentyAreShown() {
        Person paul = site.person();
        for (int i = 0; i < 22; i++) {
            paul.beginAndHear("Where is my hat " + i);
        }

        assertEquals(
                20, paul.getJson("/search?q=hat").json().getAsJsonArray("hits").size());
    }
}
