package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JavaScript is switched off: everything goes by forms. */
@Timeout(120)
class WithoutScriptIT {
    @TempDir
    Path folder;

    @Test
    void messageIsSentByTheFormAndTheReplyIsThereAfterTheRefresh() {
        try (RunningJar jar = RunningJar.serve(folder.resolve("data"));
                Browser browser = Browser.openWithoutScript(jar.address())) {
            Talk talk = begin(browser, "My name is Olga. Please remember it.");
            assertEquals(List.of(), browser.elements("html.scripted"), "JavaScript runs, so this test means nothing");
            talk.awaitReplies(1);
            send(talk, "Tell me a story about a lighthouse in 60 words.");
            talk.awaitReplies(2);
            browser.screenshot(Path.of("target", "screenshots", "without-script.png"));
            send(talk, "What is my name?");
            talk.awaitReplies(3);

            assertTrue(talk.replies().get(2).contains("Olga"), talk.replies().toString());
        }
    }

    @Test
    void stopEndsTheReplyAndKeepsItsText() {
        try (RunningJar jar = RunningJar.serve(folder.resolve("data"));
                Browser browser = Browser.openWithoutScript(jar.address())) {
            Talk talk = begin(browser, "Tell me a long story about a lighthouse, slowly.");
            browser.awaitText(".message:not(.own) .words", "lighthouse");
            browser.element("#stop-button").click();
            browser.await("a stopped reply", page -> talk.states().equals(List.of("complete", "stopped")));

            browser.awaitText(".message:not(.own) .words", "lighthouse");
            send(talk, "Hello");
            browser.await(
                    "a second reply",
                    page -> talk.states().equals(List.of("complete", "stopped", "complete", "complete")));
        }
    }

    @Test
    void stayAndResumeWorkByTheirForms() {
        try (RunningJar jar = RunningJar.serve(folder.resolve("data"), "--idle.warn", "2s", "--idle.pause", "22s");
                Browser browser = Browser.openWithoutScript(jar.address())) {
            Talk talk = begin(browser, "Hello").awaitReplies(1);
            awaitBanner(browser, "pauses in");
            browser.element("[data-send=stay] .strong").click();
            browser.await("no banner", page -> !page.element("#banner").isDisplayed());

            awaitBanner(browser, "Paused.");
            browser.awaitText("#banner", "One exchange is saved");
            browser.element("[data-send=resume] .strong").click();
            browser.await("no pause", page -> !page.text("#banner").contains("Paused."));
            send(talk, "And on");
            talk.awaitReplies(2);
        }
    }

    /** Nothing tells such a page what happens; its reader looks again. */
    private static void awaitBanner(Browser browser, String words) {
        browser.await("a banner with " + words, Duration.ofSeconds(40), page -> {
            page.driver().navigate().refresh();
            return page.text("#banner").contains(words);
        });
    }

    private static Talk begin(Browser browser, String text) {
        browser.visit("");
        Talk talk = new Talk(browser);
        send(talk, text);
        browser.await("a conversation", page -> page.path().startsWith("/c/"));
        return talk;
    }

    /** By the button: Enter breaks the line in a plain form. */
    private static void send(Talk talk, String text) {
        talk.type(text).browser().element(".composer .primary").click();
    }
}
