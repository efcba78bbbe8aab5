package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebDriverException;

/** The network goes away and comes back under a page that stays open; the server knows nothing of it. */
@Timeout(120)
class OfflineIT {
    private static final String UNSENT = ".message.own[data-state=unsent]";

    @TempDir
    static Path folder;

    @AutoClose
    private static RunningJar jar;

    @AutoClose
    private static Cable cable;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void open() {
        jar = RunningJar.serve(folder.resolve("data"));
        cable = Cable.to(jar.address());
        browser = Browser.open(cable.address());
    }

    @BeforeEach
    void forgetEverything() {
        browser.forget();
    }

    @AfterEach
    void online() {
        cable.plug();
        browser.network(true);
    }

    private static void offline() {
        browser.network(false);
        cable.pull();
    }

    @Test
    void inMidReplyTheTextGoesOnWhereItStopped() {
        Talk talk = Talk.dictate(browser, 15);
        talk.awaitArriving(20);
        talk.type("half a thou");
        Notice notice = Notice.on(browser);

        offline();
        notice.awaitShown();
        String held = talk.arriving();
        assertEquals("half a thou", talk.typed());
        online();
        notice.awaitGone();
        String later = talk.awaitArriving(held.length() + 1);
        talk.awaitReplies(1);

        assertTrue(later.startsWith(held), later + " was " + held);
        assertTrue(talk.stored(1).startsWith(later), talk.stored(1) + " was " + later);
        assertEquals(talk.storedReplies(), talk.replies());
        assertEquals("half a thou", talk.typed());
        notice.assertChanges("shown", "gone");
    }

    @Test
    void replyThatEndedMeanwhileIsShownWhole() {
        Talk talk = Talk.dictate(browser, 9);
        talk.awaitArriving(10);
        String conversation = talk.conversation();
        Visitor elsewhere = Visitor.like(browser, jar.address());
        Notice notice = Notice.on(browser);

        offline();
        elsewhere.awaitReply(conversation);
        notice.awaitShown();
        assertEquals(List.of("complete", "streaming"), talk.states());
        online();
        talk.awaitReplies(1);

        assertEquals(talk.storedReplies(), talk.replies());
        notice.awaitGone();
        notice.assertChanges("shown", "gone");
    }

    @Test
    void messageWaitsInTheOutboxThroughAReloadAndIsSentOnce() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        String path = browser.path();
        Visitor elsewhere = Visitor.like(browser, jar.address());

        offline();
        talk.say("What is my name?");
        browser.awaitText(UNSENT, "the server cannot be reached");
        talk.say("And yours?");
        browser.await("both", page -> talk.own().size() == 3);
        talk.type("half a thou");
        assertEquals(2, elsewhere.messages(path.substring("/c/".length())).size());
        reloadInVain();
        online();
        browser.visit(path.substring(1));
        talk.awaitReplies(3);

        List<String> all = List.of("My name is Olga", "What is my name?", "And yours?");
        assertEquals(all, talk.own());
        assertEquals(all, talk.storedOwn());
        assertEquals(talk.storedReplies(), talk.replies());
        assertEquals("half a thou", talk.typed());
        browser.driver().navigate().refresh();
        talk.awaitReplies(3);
        assertEquals(all, talk.own(), "nothing is sent again by a reload");
        assertEquals("half a thou", talk.typed());
    }

    /** Of the page's own waiting nothing comes to an end here: what goes out does so because the connection is back. */
    @Test
    void messageGoesOutAsSoonAsTheConnectionIsBack() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        Notice notice = Notice.on(browser);
        cable.pull();
        notice.awaitShown();
        browser.evaluate("window.setInterval = () => 0");
        talk.say("What is my name?");
        browser.awaitText(UNSENT, "the server cannot be reached");

        cable.plug();
        browser.click("#lost [data-do=try]");
        talk.awaitReplies(2);

        assertEquals(List.of("My name is Olga", "What is my name?"), talk.storedOwn());
        assertEquals(talk.storedOwn(), talk.own());
        notice.assertChanges("shown", "gone");
    }

    /** The stream outlives such a loss here; what it tells the page to fetch does not. */
    @Test
    void replyWhoseEndCouldNotBeFetchedIsShownAsSoonAsTheNetworkIsBack() {
        Talk talk = Talk.dictate(browser, 6);
        talk.awaitArriving(10);
        browser.network(false);
        browser.evaluate("window.waits = 0; window.setTimeout = (f, ms) => (waits += ms === 1000)");
        browser.await("a fetch that failed", page -> (Long) page.evaluate("return waits") > 0);
        assertEquals(List.of("complete", "streaming"), talk.states());

        browser.network(true);
        talk.awaitReplies(1);
        browser.driver().navigate().refresh();
        talk.awaitReplies(1);
        assertEquals(talk.storedReplies(), talk.replies());
    }

    /** The browser shows its own page, that there is no network. */
    private static void reloadInVain() {
        try {
            browser.driver().navigate().refresh();
        } catch (WebDriverException e) {
            assertTrue(e.getMessage().contains("INTERNET_DISCONNECTED"), e.getMessage());
        }
        assertEquals(List.of(), browser.elements("#text"));
    }
}
