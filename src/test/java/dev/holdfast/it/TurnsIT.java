package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.WindowType;

/** While a reply arrives: stop it, write on, look from a second tab. */
@Timeout(120)
class TurnsIT extends Journeys {
    /** Sends what is typed in every tab that runs this, at once. */
    private static final String SEND_WHEN_TOLD = """
            const channel = new BroadcastChannel("send");
            const send = () => document.getElementById("composer").requestSubmit();
            channel.onmessage = send;
            window.sendBoth = () => {
              channel.postMessage("now");
              send();
            };
            """;

    @Test
    void stopKeepsTheTextThatHasCome() {
        Talk talk = Talk.begin(browser, "Tell me a long story about a lighthouse, slowly.");
        String seen = talk.awaitArriving(60);
        browser.click("#stop-button");
        browser.await("a stopped reply", page -> talk.states().equals(List.of("complete", "stopped")));

        assertTrue(talk.stored(1).startsWith(seen), talk.stored(1) + " was " + seen);
        browser.awaitText(".message:not(.own) [data-part=remark]", "Stopped here.");
        browser.await("no Stop", page -> !page.element("#stop-button").isDisplayed());
        Inspection.of(browser, "stopped");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void messageWrittenWhileAReplyRunsWaitsAndIsAnsweredNext() {
        Talk talk = Talk.begin(browser, "Tell me a long story about a lighthouse, slowly.");
        talk.awaitArriving(60);
        talk.say("My name is Olga. What is my name?");
        browser.await("a queued message", page -> talk.states().equals(List.of("complete", "streaming", "queued")));
        browser.awaitText(".message.own:last-child [data-part=remark]", "Waits");
        Inspection.of(browser, "queued");
        browser.driver().navigate().refresh();
        browser.await("a queued message", page -> talk.states().equals(List.of("complete", "streaming", "queued")));

        browser.click("#stop-button");
        browser.await(
                "both replies", page -> talk.states().equals(List.of("complete", "stopped", "complete", "complete")));
        assertTrue(talk.replies().get(1).contains("Olga"), talk.replies().toString());
        assertEquals(talk.stored().size(), talk.states().size());
        assertEquals(List.of(), browser.elements(".message.own [data-part=remark]"));
    }

    @Test
    void twoTabsShowTheSame() {
        Talk talk = Talk.begin(browser, "Hello").awaitReplies(1);
        String path = browser.path();
        String first = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        String second = browser.driver().getWindowHandle();
        browser.visit(path);
        talk.awaitReplies(1).say("I write in the second tab.").awaitReplies(2);

        browser.driver().switchTo().window(first);
        talk.awaitReplies(2);
        assertEquals(List.of("Hello", "I write in the second tab."), talk.own());
        talk.say("And now in the first.").awaitReplies(3);
        List<String> replies = talk.replies();

        browser.driver().switchTo().window(second);
        talk.awaitReplies(3);
        assertEquals(List.of("Hello", "I write in the second tab.", "And now in the first."), talk.own());
        assertEquals(replies, talk.replies());
    }

    @Test
    void whatTwoTabsSendAtTheSameMomentIsKeptInOneOrder() {
        Talk talk = Talk.begin(browser, "Hello").awaitReplies(1);
        String path = browser.path();
        String first = browser.driver().getWindowHandle();
        browser.evaluate(SEND_WHEN_TOLD);
        browser.driver().switchTo().newWindow(WindowType.TAB);
        String second = browser.driver().getWindowHandle();
        browser.visit(path).element("html.scripted");
        browser.evaluate(SEND_WHEN_TOLD);
        List<String> said = new ArrayList<>(List.of("Hello"));
        for (int round = 1; round <= 3; round++) {
            browser.driver().switchTo().window(first);
            talk.type("first " + round);
            browser.driver().switchTo().window(second);
            talk.type("second " + round);
            browser.evaluate("sendBoth()");
            said.addAll(List.of("first " + round, "second " + round));
            talk.awaitReplies(said.size());
        }

        assertEquals(Set.copyOf(said), Set.copyOf(talk.own()));
        for (String tab : List.of(first, second)) {
            browser.driver().switchTo().window(tab);
            talk.awaitReplies(said.size());
            assertEquals(talk.storedOwn(), talk.own());
            assertEquals(said.size(), talk.own().size());
            assertEquals(
                    talk.stored().stream()
                            .map(message -> message.get("id").getAsString())
                            .toList(),
                    ids());
            assertEquals("", talk.typed());
        }
        assertEquals(List.of(), browser.complaints());
    }

    private static List<String> ids() {
        return browser.elements(".message").stream()
                .map(message -> message.getDomAttribute("data-id"))
                .toList();
    }
}
