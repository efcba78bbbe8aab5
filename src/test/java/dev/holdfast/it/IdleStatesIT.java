package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;

/** What the page says the longer a conversation is left alone, by a server whose clock is moved by hand. */
@Timeout(120)
class IdleStatesIT {
    private static final String WARNED = "pauses in 4:";

    /** Counts what should come ten times a second, and keeps what the banner says when somebody looks. */
    private static final String BEATS_AND_LOOKS = """
            window.beats = 0;
            window.since = Date.now();
            setInterval(() => beats++, 100);
            document.addEventListener("visibilitychange", () => {
              window.seen = document.getElementById("banner").textContent;
            });
            """;

    @TempDir
    Path folder;

    private RunningSite site;
    private Browser browser;

    @BeforeEach
    void open() {
        site = RunningSite.start(folder.resolve("data"), ScriptedModel.answering("The light is for those at sea."));
        browser = Browser.open(site.address());
    }

    @AfterEach
    void close() {
        browser.close();
        site.close();
    }

    private Talk talk(int exchanges) {
        Talk talk = Talk.begin(browser, "What is a lighthouse for?").awaitReplies(1);
        for (int n = 2; n <= exchanges; n++) {
            talk.say("And number " + n + "?").awaitReplies(n);
        }
        return talk;
    }

    @Test
    void warnedPausedExpiredAndOnWithTheLastExchangesOnly() {
        Talk talk = talk(7);
        site.pass(Duration.ofMinutes(26));
        browser.awaitText("#banner", WARNED);
        site.pass(Duration.ofMinutes(4));
        browser.awaitText("#banner", "7 exchanges are saved");
        browser.awaitText("#banner", "Resume with the last exchanges only");
        Inspection.of(browser, "paused-long");

        site.pass(Duration.ofHours(24));
        browser.driver().navigate().refresh();
        browser.awaitText("#banner", "Paused for a long time.");
        browser.awaitText("#banner", "And number 7?");
        Inspection.of(browser, "expired");
        browser.click("#banner [value=recent]");
        browser.await("no banner", page -> !page.text("#banner").contains("Paused"));
        talk.say("And now?").awaitReplies(8);
        assertEquals(8, talk.own().size(), "all is still shown");
        assertEquals(List.of(), browser.complaints());
    }

    /** The page counts down what the server says is left, not to a time that it would have to know. */
    @Test
    void wrongClockOfTheBrowserShowsTheSameCountdown() {
        browser.driver()
                .executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of("source", "const now = Date.now; Date.now = () => now() + 3 * 86400000;"));
        talk(1);
        site.pass(Duration.ofMinutes(26));
        browser.awaitText("#banner", WARNED);
        browser.driver().navigate().refresh();
        browser.awaitText("#banner", WARNED);
    }

    @Test
    void whoStaysInOneTabIsNotAskedInTheOther() {
        talk(1);
        String first = browser.driver().getWindowHandle();
        String path = browser.path();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.visit(path);
        String second = browser.driver().getWindowHandle();
        site.pass(Duration.ofMinutes(26));
        for (String tab : Set.of(first, second)) {
            browser.driver().switchTo().window(tab);
            browser.awaitText("#banner", WARNED);
        }
        browser.click("[data-send=stay] .strong");
        for (String tab : Set.of(first, second)) {
            browser.driver().switchTo().window(tab);
            browser.await("no banner", page -> !page.element("#banner").isDisplayed());
        }
        site.pass(Duration.ofMinutes(24));
        assertFalse(browser.element("#banner").isDisplayed());
    }

    /** A laptop was closed over the warning. */
    @Test
    void whoWakesUpAfterThePauseIsToldOfThePause() {
        talk(1);
        site.pass(Duration.ofMinutes(26));
        browser.awaitText("#banner", WARNED);
        try (Sleep sleep = Sleep.ofPages()) {
            site.pass(Duration.ofMinutes(4));
        }
        browser.awaitText("#banner", "Paused.");
        browser.click("[data-send=resume] .strong");
        browser.await("no pause", page -> !page.text("#banner").contains("Paused."));
        assertEquals(List.of(), browser.complaints());
    }

    private static String banner(Browser page) {
        return (String) page.evaluate("return document.getElementById('banner').textContent");
    }

    private static void awaitUnlooked(Browser page, String words) {
        page.await(
                "“" + words + "” that nobody looks at", there -> banner(there).contains(words));
    }

    /** The guard: if its timers ran as asked for, there would be nothing to make up for. */
    private static void awaitAtMostOneBeat(Browser page) {
        page.await("3 s in which timers hardly run", there -> (Boolean) there.evaluate("""
                const [few, long] = [beats < 2, Date.now() - since > 3000];
                [beats, since] = long ? [0, Date.now()] : [beats, since];
                return few && long;
                """));
    }

    /** Its page counts nothing down while nobody looks; whoever looks again sees at once what is so. */
    @Test
    void tabWhoseTimersHardlyRunShowsWhatIsLeftAndThePauseOnceItIsLookedAt() {
        try (Browser throttling = Browser.openThrottling(site.address())) {
            throttling.driver().switchTo().newWindow(WindowType.TAB);
            Talk.begin(throttling, "What is a lighthouse for?").awaitReplies(1);
            throttling.evaluate(BEATS_AND_LOOKS);
            throttling.lookAway();
            awaitAtMostOneBeat(throttling);
            site.pass(Duration.ofMinutes(26));
            awaitUnlooked(throttling, "pauses in");
            throttling.evaluate("beats = 0; since = Date.now();");
            awaitAtMostOneBeat(throttling);

            throttling.lookAgain();
            String seen = (String) throttling.evaluate("return seen");
            Matcher left = Pattern.compile("pauses in 3:(\\d\\d)").matcher(seen);
            assertTrue(left.find() && Integer.parseInt(left.group(1)) <= 57, seen);
            throttling.click("[data-send=stay] .strong");
            throttling.await("no banner", page -> !page.element("#banner").isDisplayed());

            throttling.lookAway();
            site.pass(Duration.ofMinutes(26));
            awaitUnlooked(throttling, "pauses in");
            site.pass(Duration.ofMinutes(4));
            throttling.lookAgain().awaitText("#banner", "Paused.");
            assertEquals(List.of(), throttling.complaints());
        }
    }

    /** To somebody who does not see it: at once, then with every minute, not every second; and what is to be done has names. */
    @Test
    void warningIsAnnouncedToScreenReaders() {
        talk(1);
        site.pass(Duration.ofMinutes(26));
        browser.awaitUnseenText("#status", "minutes until this conversation pauses");
        assertEquals("polite", browser.evaluate("return document.getElementById('status').ariaLive ?? 'polite'"));
        assertEquals("status", browser.element("#status").getDomAttribute("role"));
        assertTrue(browser.element("#banner").getDomAttribute("aria-label").length() > 5);
        assertEquals("Stay", browser.element("[data-send=stay] .strong").getText());
    }
}
