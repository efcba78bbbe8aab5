package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** What was typed is never lost: not by a reload, another browser window, or a server that does not take it. */
@Timeout(180)
class DraftIT extends Journeys {
    private static final String REFUSE = """
            const [status] = arguments;
            const real = window.fetch;
            window.refusing = true;
            window.fetch = (url, how) =>
              window.refusing && how?.method === "POST" && `${url}`.endsWith("/messages")
                ? Promise.resolve(new Response('{"title":"No","detail":"It is not taken."}', { status }))
                : real(url, how);
            """;

    /** What the server would put into the composer. */
    private static String kept(Talk talk) {
        return (String) browser.driver()
                .executeAsyncScript(
                        "const [id, done] = arguments; fetch(`/c/${id}`, {headers: {Accept: 'text/html'}})"
                                + ".then((page) => page.text()).then((text) => done(new DOMParser()"
                                + ".parseFromString(text, 'text/html').getElementById('text').value))",
                        talk.conversation());
    }

    private static void awaitKept(Talk talk, String text) {
        browser.await("“" + text + "” on the server", page -> kept(talk).equals(text));
    }

    private static Long localDrafts() {
        return (Long) browser.evaluate(
                "return Object.keys(localStorage).filter((key) => key.startsWith('holdfast.draft')).length");
    }

    @Test
    void draftIsThereWhenThisBrowserHasForgottenItAndGoneOnBothSidesOnceSent() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        talk.type("half a thou");
        awaitKept(talk, "half a thou");

        browser.evaluate("localStorage.clear()");
        browser.driver().navigate().refresh();
        assertEquals("half a thou", talk.typed());

        talk.type("ght" + Keys.ENTER).awaitReplies(2);
        awaitKept(talk, "");
        browser.await("no local draft", page -> localDrafts() == 0);
        browser.driver().navigate().refresh();
        assertEquals("", talk.typed());
        assertEquals(List.of("My name is Olga", "half a thought"), talk.own());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void leavingThePageSavesWhatWasJustTyped() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        String path = browser.path();
        talk.type("half a thou");

        browser.visit("resume");

        browser.await("the draft on the server", page -> {
            page.evaluate("localStorage.clear()");
            return new Talk(page.visit(path.substring(1))).typed().equals("half a thou");
        });
    }

    @Test
    void emptiedDraftStaysEmpty() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        talk.type("half a thou");
        awaitKept(talk, "half a thou");

        talk.type(Keys.chord(Keys.CONTROL, "a") + Keys.DELETE);

        awaitKept(talk, "");
        browser.await("no local draft", page -> localDrafts() == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "401, you are signed out",
        "413, It is not taken.",
        "422, It is not taken.",
        "429, asks to wait",
        "503, has a problem"
    })
    void textThatIsNotTakenStandsThereWithItsReasonAndCanBeEdited(int status, String reason) {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        talk.type("half a thought");
        awaitKept(talk, "half a thought");
        browser.driver().executeScript(REFUSE, status);

        talk.type(Keys.ENTER.toString());

        browser.awaitText("[data-state=unsent]", reason);
        assertTrue(browser.text("[data-state=unsent]").contains("half a thought"));
        assertEquals("", talk.typed());
        assertEquals("half a thought", kept(talk), "the server's copy stays until the message is on disk");
        browser.click("[data-state=unsent] [data-do=edit]");
        assertEquals("half a thought", talk.typed());
        assertEquals(List.of(), browser.elements("[data-state=unsent]"));

        browser.evaluate("window.refusing = false");
        talk.type(Keys.ENTER.toString()).awaitReplies(2);
        awaitKept(talk, "");
        assertEquals(List.of("My name is Olga", "half a thought"), talk.own());
    }
}
