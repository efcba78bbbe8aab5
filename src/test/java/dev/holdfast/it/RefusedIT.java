package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Something before the server refuses what is sent, with a page of its own that says nothing to ours: the text stays,
 * through a reload too, its reader is told why in a sentence, and in the end it is there once.
 */
@Timeout(120)
class RefusedIT {
    private static final String REASON = ".message.own[data-state=unsent] [data-part=reason]";
    private static final String NAME = "My name is Olga";
    private static final String ASKED = "What is my name? <b>№1</b> & \"two\"  spaces\\";

    @TempDir
    static Path folder;

    @AutoClose
    private static RunningJar jar;

    @AutoClose
    private static Front front;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void open() {
        jar = RunningJar.serve(folder.resolve("data"));
        front = Front.of(jar.address());
        browser = Browser.open(front.address());
    }

    @BeforeEach
    void forgetEverything() {
        front.passAll();
        browser.forget();
    }

    /** What is said of the text that was not sent: sentences, more than a number. */
    private static String awaitReason() {
        browser.await("a reason", page -> page.text(REASON).startsWith("Not sent"));
        String reason = browser.text(REASON);
        assertTrue(reason.matches("Not sent.* .* .*\\."), reason);
        return reason;
    }

    private static void assertKept(Talk talk, List<String> own) {
        assertEquals(own, talk.own());
        assertEquals("half a thou", talk.typed());
    }

    private static void assertSentOnce(Talk talk, List<String> own) {
        talk.awaitReplies(own.size());
        assertKept(talk, own);
        assertEquals(own, talk.storedOwn());
        browser.driver().navigate().refresh();
        talk.awaitReplies(own.size());
        assertKept(talk, own);
        assertEquals(own, talk.storedOwn(), "nothing is sent again by a reload");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 413})
    void refusedTextStaysThroughAReloadAndGoesOutOnceWhenTriedAgain(int status) {
        Talk talk = Talk.begin(browser, NAME).awaitReplies(1);
        front.refuse(status);
        talk.paste(ASKED).say("").type("half a thou");
        String reason = awaitReason();
        assertKept(talk, List.of(NAME, ASKED));
        browser.driver().navigate().refresh();
        assertEquals(reason, awaitReason());
        assertKept(talk, List.of(NAME, ASKED));
        assertEquals(List.of(NAME), talk.storedOwn());

        front.passAll();
        browser.click("[data-state=unsent] [data-do=retry]");
        assertSentOnce(talk, List.of(NAME, ASKED));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502})
    void textThatCannotBeTakenNowStaysThroughAReloadAndGoesOutOnceByItself(int status) {
        Talk talk = Talk.begin(browser, NAME).awaitReplies(1);
        front.refuse(status);
        talk.paste(ASKED).say("").type("half a thou");
        awaitReason();
        assertKept(talk, List.of(NAME, ASKED));
        browser.driver().navigate().refresh();
        assertTrue(awaitReason().contains("Trying again"), browser.text(REASON));
        assertKept(talk, List.of(NAME, ASKED));
        assertEquals(List.of(NAME), talk.storedOwn());

        front.passAll();
        assertSentOnce(talk, List.of(NAME, ASKED));
    }

    @Test
    void textWhoseAnswerGotLostIsThereOnce() {
        Talk talk = Talk.begin(browser, NAME).awaitReplies(1);
        front.refuseAfterwards(504);
        talk.paste(ASKED).say("").type("half a thou").awaitReplies(2);
        assertSentOnce(talk, List.of(NAME, ASKED));
    }

    /** Nothing but the answer tells a page without a conversation that it has one now. */
    @Test
    void firstMessageWhoseAnswerGotLostMakesOneConversation() {
        browser.visit("");
        Talk talk = new Talk(browser);
        front.refuseAfterwards(504);
        talk.paste(ASKED).say("");
        awaitReason();

        front.passAll();
        browser.await("a conversation", page -> page.path().startsWith("/c/"));
        talk.type("half a thou");
        assertSentOnce(talk, List.of(ASKED));
        assertEquals(1, browser.elements("#list [data-id]").size());
    }

    @Test
    void firstMessageThatIsRefusedStaysThroughAReload() {
        browser.visit("");
        Talk talk = new Talk(browser);
        front.refuse(403);
        talk.paste(ASKED).say("");
        String reason = awaitReason();
        browser.driver().navigate().refresh();
        assertEquals(reason, awaitReason());
        assertEquals(List.of(ASKED), talk.own());

        front.passAll();
        browser.click("[data-state=unsent] [data-do=retry]");
        browser.await("a conversation", page -> page.path().startsWith("/c/"));
        talk.type("half a thou");
        assertSentOnce(talk, List.of(ASKED));
    }
}
