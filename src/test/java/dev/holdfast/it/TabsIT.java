package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.WindowType;

/** Many tabs of one browser: they share a connection, and each shows all that it should, once. */
@Timeout(240)
class TabsIT extends Journeys {
    /** More than a browser's six connections for a server. */
    private static final int TABS = 7;

    /** What the server lets a browser have when no setting says otherwise. */
    private static final int MOST_STREAMS = 12;

    /** A tab's patience with the one that has the connection, 37 s, is over after four. The server's pings take longer. */
    private static final String IMPATIENT = """
            const after = window.setTimeout;
            window.setTimeout = (what, ms, ...rest) => after(what, Math.floor(ms / 1000) === 37 ? 4000 : ms, ...rest);
            """;

    private static final String WITHOUT_LOCKS = "Object.defineProperty(navigator, 'locks', {value: undefined})";

    /** The tab that was opened first has the connection. */
    private final List<String> tabs = new ArrayList<>();

    private Talk begin(String text) {
        if (!tabs.isEmpty()) {
            browser.driver().switchTo().newWindow(WindowType.TAB);
        }
        tabs.add(browser.driver().getWindowHandle());
        return Talk.begin(browser, text).awaitReplies(1);
    }

    private void open(String path) {
        open(path, "");
    }

    /** @param first a script that runs before the page's own */
    private void open(String path, String first) {
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", first));
        tabs.add(browser.driver().getWindowHandle());
        browser.visit(path).element("html.scripted");
    }

    private Talk in(String tab) {
        browser.driver().switchTo().window(tab);
        return new Talk(browser);
    }

    private void close(String tab) {
        in(tab).browser().driver().close();
        tabs.remove(tab);
    }

    /**
     * How many event streams the server has open for this browser: so many fewer than usual are granted. Those that are
     * asked for here have names, so that the next count takes the place of this one.
     */
    private static int streams() {
        String cookie = browser.driver().manage().getCookieNamed("holdfast").getValue();
        HttpClient client = HttpClient.newHttpClient();
        List<InputStream> granted = new ArrayList<>();
        try {
            while (true) {
                URI stream = jar.address().resolve("events?as=count-" + granted.size());
                HttpRequest request = HttpRequest.newBuilder(stream)
                        .header("Cookie", "holdfast=" + cookie)
                        .header("Accept", "application/json")
                        .timeout(Duration.ofSeconds(30))
                        .build();
                HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
                if (answer.statusCode() == 429) {
                    return MOST_STREAMS - granted.size();
                }
                assertEquals(200, answer.statusCode());
                granted.add(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while counting streams", e);
        } finally {
            granted.forEach(TabsIT::close);
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that was closed is found out by the server when it next has something to say, a ping perhaps. */
    private void awaitStreams(int count) {
        browser.driver().switchTo().window(tabs.get(0));
        browser.await(count + " event streams", Duration.ofSeconds(60), page -> streams() == count);
    }

    /** All these tabs show so many replies, and the same messages in the same order. */
    private void assertAllShow(List<String> some, int replies) {
        List<String> own = null;
        List<String> heard = null;
        for (String tab : some) {
            Talk talk = in(tab).awaitReplies(replies);
            own = own == null ? talk.own() : own;
            heard = heard == null ? talk.replies() : heard;
            assertEquals(own, talk.own());
            assertEquals(heard, talk.replies());
            assertEquals(replies, talk.own().size());
            assertEquals(replies, talk.replies().size());
        }
    }

    @Test
    void sevenTabsOfOneConversationShareAConnectionAndShowTheSame() {
        begin("My name is Olga.");
        String path = browser.path();
        while (tabs.size() < TABS) {
            open(path);
        }
        in(tabs.get(TABS - 1)).say("What is my name?");
        assertAllShow(tabs, 2);
        in(tabs.get(0)).say("And again: what is my name?");
        assertAllShow(tabs, 3);
        assertEquals(List.of(), browser.complaints());
        awaitStreams(1);
    }

    @Test
    void tabsOfSeveralConversationsGoOnWhenTheOneWithTheConnectionIsClosed() {
        List<String> paths = new ArrayList<>();
        for (String name : List.of("Olga", "Paul", "Mary")) {
            begin("My name is " + name + ".");
            paths.add(browser.path());
        }
        paths.forEach(this::open);
        open("");
        assertEquals(TABS, tabs.size());
        for (int i = 0; i < 3; i++) {
            in(tabs.get(i)).say("What is my name?");
            assertAllShow(List.of(tabs.get(i), tabs.get(3 + i)), 2);
        }

        close(tabs.get(0)); // Olga's first
        for (int i = 0; i < 3; i++) {
            in(tabs.get(2 + i)).say("Once more: what is my name?");
        }
        assertAllShow(List.of(tabs.get(0), tabs.get(3)), 3);
        assertAllShow(List.of(tabs.get(1), tabs.get(4)), 3);
        assertAllShow(List.of(tabs.get(2)), 3);
        assertEquals(List.of(), browser.complaints());
        awaitStreams(1);
    }

    @Test
    void listIsInStepInATabThatShowsSomethingElse() {
        begin("My name is Olga.");
        String path = browser.path();
        open("");
        String front = tabs.get(1);
        in(tabs.get(0));
        browser.evaluate(
                "fetch(arguments[0] + '/title', {method: 'POST', body: new URLSearchParams({title: 'Letters'})})",
                path);
        browser.driver().switchTo().window(front);
        browser.awaitText("#list", "Letters");
    }

    @Test
    void frozenTabWithTheConnectionStopsNobody() {
        begin("My name is Olga.");
        String path = browser.path();
        open(path, IMPATIENT);
        open(path, IMPATIENT);
        in(tabs.get(1)).say("What is my name?");
        assertAllShow(tabs, 2);

        in(tabs.get(0));
        browser.driver().executeCdpCommand("Page.setWebLifecycleState", Map.of("state", "frozen"));
        in(tabs.get(2)).say("And now?");
        browser.await(
                "a reply past the frozen tab",
                Duration.ofSeconds(90),
                page -> page.elements(".message:not(.own)[data-state=complete]").size() == 3);
        in(tabs.get(1)).awaitReplies(3);

        in(tabs.get(0));
        browser.driver().executeCdpCommand("Page.setWebLifecycleState", Map.of("state", "active"));
        assertAllShow(tabs, 3);
        awaitStreams(1);
    }

    /** As on plain http beyond this machine. The guard, too: this is what would be counted if nothing was shared. */
    @Test
    void withoutLocksEachTabHasAConnection() {
        browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WITHOUT_LOCKS));
        begin("My name is Olga.");
        String path = browser.path();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WITHOUT_LOCKS));
        tabs.add(browser.driver().getWindowHandle());
        browser.visit(path).element("html.scripted");
        in(tabs.get(0)).say("What is my name?");
        assertAllShow(tabs, 2);
        awaitStreams(2);
        browser.driver().switchTo().newWindow(WindowType.TAB); // the journeys to come have locks
        close(tabs.get(1));
        close(tabs.get(0));
        browser.driver()
                .switchTo()
                .window(List.copyOf(browser.driver().getWindowHandles()).get(0));
    }
}
