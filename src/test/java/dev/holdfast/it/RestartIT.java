package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server ends and comes back at the same address, while a tab stays open and nobody touches it. */
@Timeout(180)
class RestartIT {
    private enum End {
        KILLED(RunningProcess::kill),
        ASKED(RunningProcess::stop);

        final Consumer<RunningProcess> end;

        End(Consumer<RunningProcess> end) {
            this.end = end;
        }
    }

    @TempDir
    Path folder;

    @AutoClose
    private RunningJar jar;

    @AutoClose
    private Browser browser;

    @BeforeEach
    void open() {
        jar = RunningJar.serve(folder.resolve("data"));
        browser = Browser.open(jar.address());
    }

    private void end(End how) {
        how.end.accept(jar.process());
        browser.await("word of the lost connection", page -> page.text("#lost").contains("The connection is lost"));
    }

    private void serveAgain() {
        jar = RunningJar.serve(
                folder.resolve("data"), "--port", Integer.toString(jar.address().getPort()));
    }

    private void awaitConnection() {
        browser.await("the connection", page -> !page.element("#lost").isDisplayed());
    }

    @ParameterizedTest
    @EnumSource
    void betweenTwoTurnsNothingIsLostAndTheSecondTurnRemembersTheFirst(End how) {
        Talk talk = Talk.begin(browser, "My name is Olga. Please remember it.").awaitReplies(1);
        List<String> replies = talk.replies();
        List<JsonObject> stored = talk.stored();
        talk.type("What is my na");

        end(how);
        serveAgain();
        awaitConnection();

        assertEquals("What is my na", talk.typed());
        assertEquals(replies, talk.replies());
        assertEquals(stored, talk.stored());
        talk.say("me?").awaitReplies(2);
        assertEquals(List.of("My name is Olga. Please remember it.", "What is my name?"), talk.own());
        assertTrue(talk.replies().get(1).contains("Olga"), talk.replies().toString());
        assertEquals(List.of("complete", "complete", "complete", "complete"), talk.states());
    }

    @ParameterizedTest
    @EnumSource
    void inMidReplyWhatHadArrivedIsKeptBesideTheReplyThatGoesOnByItself(End how) {
        Talk talk = Talk.dictate(browser, 20).type("conti");
        String seen = talk.awaitArriving(40);

        end(how);
        serveAgain();
        awaitConnection();
        talk.awaitReplies(1);

        assertEquals("conti", talk.typed());
        assertEquals(List.of("complete", "complete"), talk.states());
        assertEquals("2/2", browser.text(".siblings span"));
        browser.click(".siblings [data-do=before]");
        browser.await("the other reply", page -> talk.states().equals(List.of("complete", "interrupted")));
        browser.awaitText(
                ".message:not(.own) [data-part=remark]", how == End.KILLED ? "Interrupted here." : "stopped here");
        JsonObject stored = talk.stored().get(1);
        assertEquals("interrupted", stored.get("state").getAsString());
        String kept = stored.get("content").getAsString();
        // At most the last two seconds may be gone: five slow words.
        assertTrue(kept.length() >= seen.length() - 35, "kept “" + kept + "” of “" + seen + "”");
        assertTrue(kept.startsWith(seen) || seen.startsWith(kept), kept);
        talk.say("nue");
        browser.await(
                "the second exchange",
                page -> talk.states().size() == 4
                        && talk.states().subList(0, 3).equals(List.of("complete", "interrupted", "complete")));
    }

    @Test
    void messageSentWhileTheServerIsDownIsDeliveredOnce() {
        Talk talk = Talk.begin(browser, "Hello").awaitReplies(1);
        end(End.KILLED);
        talk.say("Are you there?");
        browser.awaitText(".message.own:last-child [data-part=unsent]", "the server cannot be reached");
        Inspection.of(browser, "server-gone");
        talk.say("I go on writing.");

        serveAgain();
        awaitConnection();
        browser.await(
                "three replies",
                page -> talk.states()
                        .equals(List.of("complete", "complete", "complete", "complete", "complete", "complete")));

        assertEquals(List.of("Hello", "Are you there?", "I go on writing."), talk.own());
        assertEquals(
                List.of("Hello", "Are you there?", "I go on writing."),
                talk.stored().stream()
                        .filter(message -> message.get("role").getAsString().equals("user"))
                        .map(message -> message.get("content").getAsString())
                        .toList());
        browser.driver().navigate().refresh();
        talk.awaitReplies(3);
        assertEquals(3, talk.own().size(), "nothing is sent again by a reload");
    }

    @Test
    void firstMessageOfAllIsDeliveredOnceWhenTheServerIsBack() {
        browser.visit("").element("html.scripted");
        jar.process().kill();
        Talk talk = new Talk(browser);
        talk.say("Is anybody there?");
        browser.awaitText("[data-part=unsent]", "the server cannot be reached");

        serveAgain();
        browser.await("a conversation", page -> page.path().startsWith("/c/"));
        talk.awaitReplies(1);

        assertEquals(List.of("Is anybody there?"), talk.own());
        assertEquals(2, talk.stored().size());
        assertEquals(1, browser.elements("#list [data-id]").size());
    }

    /** A browser's own reconnecting ends for good at a proxy's 502. */
    @Test
    void proxyThatSaysBadGatewayMeanwhileDoesNotEndTheConnectionForGood() throws IOException {
        Talk talk = Talk.begin(browser, "Hello").awaitReplies(1);
        end(End.KILLED);
        HttpServer proxy = badGateway();
        try {
            proxy.start();
            browser.click("#lost [data-do=try]");
            browser.await(
                    "an answer of the proxy",
                    page -> page.complaints().toString().contains("502"));
        } finally {
            proxy.stop(0);
        }
        serveAgain();
        awaitConnection();

        talk.say("And again").awaitReplies(2);
    }

    private HttpServer badGateway() throws IOException {
        HttpServer proxy = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), jar.address().getPort()),
                0);
        proxy.createContext("/", exchange -> {
            exchange.sendResponseHeaders(502, -1);
            exchange.close();
        });
        return proxy;
    }
}
