package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.WindowType;

/** The reader goes away while a reply arrives, and comes back: to the same words, once each. */
@Timeout(120)
class ReloadIT extends Journeys {
    private static final String STORY = "Tell me a story about a lighthouse in 200 words.";

    @Test
    void reloadInMidStreamGoesOnWhereTheTextStopped() {
        Talk talk = Talk.begin(browser, STORY);
        List<String> seen = new ArrayList<>();
        seen.add(talk.awaitArriving(50));
        for (int reload = 0; reload < 3; reload++) {
            browser.driver().navigate().refresh();
            String first = talk.awaitArriving(1);
            assertTrue(first.length() >= last(seen).length(), "shrank to: " + first);
            seen.add(first);
            seen.add(talk.awaitArriving(first.length() + 50));
        }
        talk.awaitReplies(1);

        assertWhole(talk, seen);
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void replyGoesOnWhileNobodyLooks() {
        Talk talk = Talk.begin(browser, STORY);
        String before = talk.awaitArriving(50);
        String conversation = talk.conversation();
        browser.visit("");
        browser.awaitText("#list .list-state", "replying");
        browser.await(
                "the end of the reply",
                page -> page.elements("#list .list-state").isEmpty());
        browser.visit("c/" + conversation);
        talk.awaitReplies(1);

        assertWhole(talk, List.of(before));
    }

    @Test
    void secondTabOpenedInMidStreamShowsTheSame() {
        Talk talk = Talk.begin(browser, STORY);
        String path = browser.path();
        String before = talk.awaitArriving(50);
        String first = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.visit(path);
        String after = talk.awaitArriving(before.length());
        talk.awaitReplies(1);

        assertWhole(talk, List.of(before, after));
        List<String> second = talk.replies();
        browser.driver().switchTo().window(first);
        talk.awaitReplies(1);
        assertEquals(second, talk.replies());
        assertEquals(List.of(STORY), talk.own());
    }

    private static String last(List<String> all) {
        return all.get(all.size() - 1);
    }

    /** What was seen on the way is how the stored reply begins, and what is shown at the end is all of it, once. */
    private static void assertWhole(Talk talk, List<String> seen) {
        assertEquals(2, talk.stored().size());
        String stored = talk.stored(1);
        for (String part : seen) {
            assertNotEquals("", part);
            assertEquals(stored.substring(0, Math.min(part.length(), stored.length())), part);
        }
        assertEquals(1, talk.replies().size());
        assertEquals(words(stored), words(talk.replies().get(0)));
    }

    /** The words without Markdown's marks and the breaks between paragraphs. */
    private static String words(String text) {
        return text.replaceAll("[#*_>]", "").replaceAll("\\s+", " ").strip();
    }
}
