package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody comes for the first time and says something. */
@Timeout(120)
class FirstVisitIT {
    private static final int MOST_REQUESTS = 8;
    private static final int MOST_BYTES = 100_000;

    /** Notes how the tick of the newest own message looks, whenever that changes. */
    private static final String WATCH_TICK = """
            window.seen = [];
            const own = (place) => place.querySelectorAll(".message.own");
            const thread = document.getElementById("thread");
            const before = own(thread).length;
            new MutationObserver(() => {
              const tick = [...own(thread)].slice(before).at(-1)?.querySelector(".tick svg");
              const look = tick && (getComputedStyle(tick).fill === "rgba(0, 0, 0, 0)" ? "hollow" : "filled");
              if (look && seen.at(-1) !== look) {
                seen.push(look);
              }
            }).observe(thread, { subtree: true, childList: true, attributes: true });
            """;

    @TempDir
    static Path folder;

    private static RunningJar jar;

    @BeforeAll
    static void serve() {
        jar = RunningJar.serve(folder.resolve("data"));
    }

    @AfterAll
    static void end() {
        jar.close();
    }

    @Test
    void messageIsSavedAnsweredAndListedWithoutAComplaint() {
        try (Browser browser = Browser.open(jar.address())) {
            Talk talk = Talk.begin(browser, "My name is Olga. What is my name?");
            talk.awaitReplies(1);

            assertEquals(List.of("complete", "complete"), talk.states());
            assertEquals(List.of("My name is Olga. What is my name?"), talk.own());
            assertTrue(talk.replies().get(0).contains("Olga"), talk.replies().toString());
            assertEquals(
                    "Saved on disk",
                    browser.element(".message.own [data-part=tick]").getDomAttribute("title"));
            browser.awaitText("#list [aria-current=page]", "My name is Olga");
            assertEquals(List.of(), browser.complaints());
            assertEquals(Set.of(jar.address().getAuthority()), browser.traffic().hosts());
        }
    }

    @Test
    void tickIsHollowUntilTheServerHasTheMessage() {
        try (Browser browser = Browser.open(jar.address())) {
            Talk talk = Talk.begin(browser, "Hello").awaitReplies(1);
            browser.prefer("light"); // and no motion: the tick fills at once
            browser.evaluate(WATCH_TICK);
            talk.say("And again").awaitReplies(2);

            assertEquals(List.of("hollow", "filled"), browser.evaluate("return seen"));
        }
    }

    @Test
    void replyIsRenderedAsMarkdown() {
        try (Browser browser = Browser.open(jar.address())) {
            Talk talk = Talk.begin(browser, "Show me some markdown.");
            talk.awaitReplies(1);

            for (String element : List.of(
                    "h3, h2",
                    "table td",
                    "li input[type=checkbox], li .task",
                    "pre code",
                    "blockquote",
                    "strong",
                    "del")) {
                browser.element(".message:not(.own) .words :is(" + element + ")");
            }
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void firstVisitIsLight() {
        try (Browser browser = Browser.open(jar.address())) {
            browser.visit("").element("html.scripted");
            Traffic front = browser.traffic();
            assertLight(front.requests(), front.bytes());
        }
    }

    private static void assertLight(List<URI> requests, long bytes) {
        assertTrue(requests.size() <= MOST_REQUESTS, requests.toString());
        assertTrue(requests.size() > 1, "nothing was counted: " + requests);
        assertTrue(bytes <= MOST_BYTES, bytes + " bytes for " + requests);
        assertTrue(bytes > 1000, "nothing was weighed");
    }
}
