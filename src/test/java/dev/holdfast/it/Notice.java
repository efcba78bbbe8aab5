package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/** What a page says about its connection: whether it is lost, and every change of that since this began to look. */
final class Notice {
    private static final String LOOK = """
            const lost = document.getElementById("lost");
            window.changes = [];
            new MutationObserver(() => {
              const now = lost.hidden ? "gone" : "shown";
              if (changes.at(-1) !== now) changes.push(now);
            }).observe(lost, { attributeFilter: ["hidden"] });
            """;

    private final Browser browser;

    private Notice(Browser browser) {
        this.browser = browser;
    }

    /** Looks at the page that is shown, which has a connection, until it is replaced. */
    static Notice on(Browser browser) {
        Notice notice = new Notice(browser);
        notice.awaitGone();
        browser.evaluate(LOOK);
        return notice;
    }

    void awaitShown() {
        browser.await("word of the lost connection", page -> page.text("#lost").contains("The connection is lost"));
    }

    void awaitGone() {
        browser.await("the connection", page -> !page.element("#lost").isDisplayed());
    }

    /** Either "shown" or "gone" for each time that it came or went. */
    void assertChanges(String... changes) {
        assertEquals(List.of(changes), browser.evaluate("return changes"));
    }
}
