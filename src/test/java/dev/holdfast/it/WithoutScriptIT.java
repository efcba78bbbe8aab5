package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JavaScript is switched off: everything goes by forms. */
@Timeout(180)
class WithoutScriptIT {
    @TempDir
    static Path folder;

    @AutoClose
    private static RunningJar jar;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void open() {
        jar = RunningJar.serve(folder.resolve("data"));
        browser = Browser.openWithoutScript(jar.address());
    }

    @Test
    void messageIsSentByTheFormAndTheReplyIsThereAfterTheRefresh() {
        Talk talk = begin("My name is Olga. Please remember it.");
        assertEquals(List.of(), browser.elements("html.scripted"), "JavaScript runs, so this test means nothing");
        talk.awaitReplies(1);
        send(talk, "Tell me a story about a lighthouse in 60 words.");
        talk.awaitReplies(2);
        browser.screenshot(Path.of("target", "screenshots", "without-script.png"));
        send(talk, "What is my name?");
        talk.awaitReplies(3);

        assertTrue(talk.replies().get(2).contains("Olga"), talk.replies().toString());
    }

    @Test
    void stopEndsTheReplyAndKeepsItsText() {
        Talk talk = begin("Tell me a long story about a lighthouse, slowly.");
        browser.awaitText(".message:not(.own) .words", "lighthouse");
        browser.click("#stop-button");
        browser.await("a stopped reply", page -> talk.states().equals(List.of("complete", "stopped")));

        browser.awaitText(".message:not(.own) .words", "lighthouse");
        send(talk, "Hello");
        browser.await(
                "a second reply", page -> talk.states().equals(List.of("complete", "stopped", "complete", "complete")));
    }

    @Test
    void conversationGoesToTheTrashAndIsFoundThere() {
        begin("Tell me about a lighthouse in 20 words").awaitReplies(1);
        String path = browser.path();
        browser.click("[popovertarget=more]").click("[data-send=delete] button");
        browser.awaitText("#trashed", "Moved to the trash.");
        browser.screenshot(Path.of("target", "screenshots", "trashed-without-script.png"));
        browser.click(".list-trash").click(".sheet-list button");
        browser.await("the conversation", page -> page.path().equals(path));

        browser.element("#q").sendKeys("lighthouse");
        browser.click(".find button");
        browser.await("a page of its own", page -> page.path().equals("/search?q=lighthouse"));
        browser.awaitText("main", "ound");
        browser.click(".home").await("the front page", page -> page.path().equals("/"));
    }

    private static Talk begin(String text) {
        browser.visit("");
        Talk talk = new Talk(browser);
        send(talk, text);
        browser.await("a conversation", page -> page.path().startsWith("/c/"));
        return talk;
    }

    /** By the button: Enter breaks the line in a plain form. */
    private static void send(Talk talk, String text) {
        talk.type(text).browser().click(".composer .primary");
    }
}
