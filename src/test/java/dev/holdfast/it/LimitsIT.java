package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for more than they may waits, and sees it; nothing that was typed is lost, and nothing has to be done. */
@Timeout(120)
class LimitsIT {
    private static final String REASON = ".message.own[data-state=unsent] [data-part=reason]";

    private static final String TOO_MUCH = """
            const done = arguments[arguments.length - 1];
            Promise.all(Array.from({ length: 100 }, () => fetch("/search?q=x"))).then(() => done("asked"));
            """;

    @TempDir
    static Path folder;

    @AutoClose
    private static RunningJar jar;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void open() {
        jar = RunningJar.serve(folder.resolve("data"), "--limit.turns", "1", "--limit.rate", "2");
        browser = Browser.open(jar.address());
    }

    @BeforeEach
    void forgetEverything() {
        browser.forget();
    }

    @Test
    void textThatHasToWaitForAReplyElsewhereGoesOutByItself() {
        Talk.dictate(browser, 20).awaitArriving(10);
        browser.visit("");
        Talk talk = new Talk(browser);
        talk.say("My name is Olga");
        browser.await(
                "a reason",
                page -> page.text(REASON)
                        .matches("Not sent yet: the server asks to wait\\. Trying again in [1-5] s\\."));
        assertEquals(List.of("My name is Olga"), talk.own());

        browser.await("a conversation", page -> page.path().startsWith("/c/"));
        talk.awaitReplies(1);
        assertEquals(List.of("My name is Olga"), talk.storedOwn());
    }

    @Test
    void searchThatHasToWaitIsDoneByItself() {
        Talk.begin(browser, "Tell me about the lighthouse on Norderney").awaitReplies(1);
        assertEquals("asked", browser.driver().executeAsyncScript(TOO_MUCH));
        browser.element("#find [name=q]").sendKeys("Norderney");
        browser.await("that it waits", page -> page.text("#found").startsWith("The server asks to wait."));
        browser.await("a hit", page -> page.text("#found").contains("lighthouse"));
    }
}
