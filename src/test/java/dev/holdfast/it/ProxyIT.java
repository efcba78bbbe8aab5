package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People come through an nginx, which gathers up what it passes on, speaks HTTP/1.0 to the server, and has its own ends. */
@Timeout(120)
class ProxyIT {
    private enum Settings {
        /** Nothing but {@code proxy_pass}. */
        DEFAULT(""),
        /** What is often added; README advises the last two. */
        ADDED("proxy_http_version 1.1; proxy_set_header Host $host; client_max_body_size 4m;");

        final String lines;

        Settings(String lines) {
            this.lines = lines;
        }
    }

    /** In UTF-8 within {@code limit.message}; as a form three times that, and more than nginx takes by default. */
    private static final String LONG = String.join(" ", Collections.nCopies(2_500, "€".repeat(50)));

    @TempDir
    static Path folder;

    @AutoClose
    private static RunningJar jar;

    @AutoClose
    private static Nginx nginx;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void open() {
        jar = RunningJar.serve(folder.resolve("data"));
        nginx = Nginx.before(jar.address(), Settings.DEFAULT.lines);
        browser = Browser.open(nginx.address());
    }

    @BeforeEach
    void forgetEverything() {
        serve(Settings.DEFAULT.lines);
        browser.forget();
    }

    private static void serve(String settings) {
        nginx.stop();
        nginx.serve(settings);
    }

    private static void serveAgain() {
        jar = RunningJar.serve(
                folder.resolve("data"), "--port", Integer.toString(jar.address().getPort()));
    }

    /** What is shown is what is stored, and all that was seen on the way is how it begins. */
    private static void assertWhole(Talk talk, List<String> seen) {
        String stored = talk.stored(1);
        seen.forEach(part -> assertTrue(stored.startsWith(part), stored + " was " + part));
        assertEquals(talk.storedReplies(), talk.replies());
        assertEquals(talk.storedOwn(), talk.own());
    }

    @ParameterizedTest
    @EnumSource
    void replyArrivesPieceByPieceAndThroughAReload(Settings settings) {
        serve(settings.lines);
        Talk talk = Talk.dictate(browser, 9);
        List<String> seen = new ArrayList<>();
        seen.add(talk.awaitArriving(1));
        for (int piece = 0; piece < 2; piece++) {
            seen.add(talk.awaitArriving(seen.get(piece).length() + 1));
        }
        browser.driver().navigate().refresh();
        seen.add(talk.awaitArriving(seen.get(2).length() + 1));
        seen.add(talk.awaitArriving(seen.get(3).length() + 1));
        talk.awaitReplies(1);

        assertWhole(talk, seen);
        assertEquals(List.of(), browser.complaints());
    }

    /** The guard: this is what the test above would see if Holdfast did not say that it streams. */
    @Test
    void withoutTheHeaderTheReplyWouldBeGatheredUp() {
        serve("proxy_ignore_headers X-Accel-Buffering;");
        Talk talk = Talk.begin(browser, "Say one");
        Visitor beside = Visitor.like(browser, jar.address());
        String conversation = talk.conversation();
        talk.say("Say two");
        browser.await(
                "a reply that the server has",
                ignored -> beside.messages(conversation).size() == 4
                        && !beside.messages(conversation).toString().contains("streaming"));

        assertTrue(talk.replies().size() < 2, talk.replies().toString());
    }

    @Test
    void nginxThatIsRestartedInMidReplyLosesNothing() {
        Talk talk = Talk.dictate(browser, 15);
        String seen = talk.type("half a thou").awaitArriving(20);
        Notice notice = Notice.on(browser);
        nginx.stop();
        notice.awaitShown();
        nginx.serve(Settings.DEFAULT.lines);
        notice.awaitGone();
        String later = talk.awaitArriving(seen.length() + 1);
        talk.awaitReplies(1);

        assertWhole(talk, List.of(seen, later));
        assertEquals("half a thou", talk.typed());
        notice.assertChanges("shown", "gone");
    }

    /** A browser's own reconnecting ends for good at the first 502. */
    @Test
    void serverThatIsRestartedBehindItInMidReplyLosesNothing() {
        Talk talk = Talk.dictate(browser, 9);
        talk.awaitArriving(10);
        Notice notice = Notice.on(browser);
        browser.complaints();
        jar.process().kill();
        notice.awaitShown();
        talk.say("Are you there?").type("half a thou");
        browser.awaitText("[data-state=unsent]", "the server has a problem");
        assertTrue(browser.complaints().toString().contains("502"), "nginx had a word in it");
        serveAgain();
        notice.awaitGone();
        talk.awaitReplies(2);

        assertEquals(2, talk.own().size());
        assertWhole(talk, List.of());
        assertEquals("half a thou", talk.typed());
        notice.assertChanges("shown", "gone");
    }

    @Test
    void messageThatIsTooLongForNginxIsKeptAndGoesOutWhenItTakesMore() {
        Talk talk = Talk.begin(browser, "Say one").awaitReplies(1);
        browser.evaluate(
                "const text = document.getElementById('text'); text.value = arguments[0];"
                        + " text.dispatchEvent(new Event('input'));",
                LONG);
        talk.say("");
        browser.awaitText("[data-state=unsent]", "it is too long for something on the way");
        browser.driver().navigate().refresh();
        browser.awaitText("[data-state=unsent]", "it is too long for something on the way");
        assertEquals(LONG, talk.own().get(1));

        serve(Settings.ADDED.lines);
        browser.click("[data-state=unsent] [data-do=retry]");
        browser.await(
                "a message on disk",
                page -> page.elements("[data-state=unsent], [data-state=sending]")
                        .isEmpty());
        assertEquals(List.of("Say one", LONG), talk.storedOwn());
        assertEquals(talk.storedOwn(), talk.own());
    }
}
