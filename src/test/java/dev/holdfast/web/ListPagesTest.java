package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list comes fifty at a time, on the page and to programs. */
class ListPagesTest {
    private static final int ALL = 103;

    @TempDir
    static Path data;

    private static RunningSite site;
    private static Person olga;

    /** The most recently active first. */
    private static final LinkedList<String> IDS = new LinkedList<>();

    @BeforeAll
    static void start() {
        site = RunningSite.start(data, ScriptedModel.answering("Yes."));
        olga = site.person();
        for (int i = 0; i < ALL; i++) {
            IDS.addFirst(olga.beginAndHear("Conversation " + i));
            site.pass(Duration.ofSeconds(1));
        }
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static List<String> listed(Answer page) {
        return Pattern.compile(" data-id=\"(0[a-z0-9]{25})\"")
                .matcher(page.text())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<String> ids(Answer json) {
        List<String> ids = new ArrayList<>();
        json.json()
                .getAsJsonArray("conversations")
                .forEach(one -> ids.add(one.getAsJsonObject().get("id").getAsString()));
        return ids;
    }

    private static String older(Answer page) {
        return page.find("<a href=\"([^\"]*)\" data-do=\"older\"");
    }

    @Test
    void linksLeadThroughTheWholeListAndBack() {
        Answer first = olga.get("/");
        Answer second = olga.get(older(first));
        Answer third = olga.get(older(second));

        assertEquals(IDS.subList(0, 50), listed(first));
        assertEquals(IDS.subList(50, 100), listed(second));
        assertEquals(IDS.subList(100, ALL), listed(third));
        assertFalse(third.text().contains("data-do=\"older\""), "these are the oldest");
        assertFalse(first.text().contains("Newest conversations"), "these are the newest");
        assertEquals("/", third.find("<a href=\"([^\"]*)\">Newest conversations"));
    }

    @Test
    void linksOfAConversationsPageStayOnIt() {
        String here = "/c/" + IDS.get(70);

        Answer second = olga.get(older(olga.get(here)));

        assertEquals(IDS.subList(50, 100), listed(second));
        assertTrue(second.text().contains("Conversation " + (ALL - 1 - 70)), "the thread is shown still");
        assertEquals(here, second.find("<a href=\"([^\"]*)\"[^>]*aria-current=\"page\""));
        assertEquals(here, second.find("<a href=\"([^\"]*)\">Newest conversations"));
    }

    @Test
    void programsSayHowManyAndBehindWhich() {
        Answer first = olga.getJson("/conversations");
        Answer some = olga.getJson("/conversations?limit=7&after=" + IDS.get(9));
        Answer last = olga.getJson("/conversations?limit=200&after=" + IDS.get(49));

        assertEquals(IDS.subList(0, 50), ids(first));
        assertTrue(first.json().get("more").getAsBoolean());
        assertEquals(IDS.subList(10, 17), ids(some));
        assertEquals(IDS.subList(50, ALL), ids(last));
        assertFalse(last.json().get("more").getAsBoolean());
        assertEquals(List.of(), ids(olga.getJson("/conversations?after=" + IDS.getLast())));
    }

    @Test
    void pieceForThePageGoesOnWhereItIsAskedTo() {
        Answer piece = olga.get("/conversations?limit=3&after=" + IDS.get(49) + "&current=" + IDS.get(51));

        assertEquals(IDS.subList(50, 53), listed(piece));
        assertFalse(piece.text().contains("<html"), piece.text());
        assertEquals("/c/" + IDS.get(51) + "?after=" + IDS.get(52), older(piece));
    }

    /** Nobody learns from a list whether somebody else's conversation is there. */
    @Test
    void goingOnBehindAConversationOfSomebodyElseIsAsBehindNone() {
        Person paul = site.person();
        String pauls = paul.beginAndHear("I am Paul");

        assertEquals(List.of(pauls), ids(paul.getJson("/conversations?after=" + IDS.get(9))));
        assertEquals(List.of(pauls), ids(paul.getJson("/conversations?after=01aaaaaaaaaaaaaaaaaaaaaaaa")));
        assertEquals(IDS.subList(0, 50), ids(olga.getJson("/conversations?after=" + pauls)));
        assertEquals(List.of(), ids(site.person().getJson("/conversations?after=" + IDS.get(9))));
    }
}
