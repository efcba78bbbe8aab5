package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** How the page looks, and whether everybody can use it. The states that other journeys come by are inspected there. */
@Timeout(120)
class LooksIT extends Journeys {
    @Test
    void emptyPage() {
        browser.visit("").element("html.scripted");

        Inspection.of(browser, "empty");
    }

    @Test
    void threadWithEverythingThatMarkdownCanDo() {
        Talk talk = Talk.begin(browser, "Show me some markdown.").awaitReplies(1);
        talk.say("Give me a table, please.").awaitReplies(2);
        browser.awaitText("#list", "Show me some markdown");

        Inspection.of(browser, "thread");
    }

    @Test
    void arrivingReply() {
        Talk talk = Talk.begin(browser, "Tell me a long story about a lighthouse, slowly.");
        talk.awaitArriving(20);

        Inspection.of(browser, "streaming");
        assertEquals(List.of("complete", "streaming"), talk.states(), "it was over too soon");
    }

    @Test
    void menuOfAConversation() {
        Talk.begin(browser, "Hello").awaitReplies(1);
        browser.click("[popovertarget=more]");
        browser.await("the menu", page -> page.element("#more").isDisplayed());

        Inspection.of(browser, "menu");
    }

    @Test
    void usageOfAConversation() {
        Talk talk = Talk.begin(browser, "Hello").awaitReplies(1);
        talk.say("And what is a lighthouse for?").awaitReplies(2);
        browser.click("#usage");
        browser.await("the chart", page -> page.element(".chart svg").isDisplayed());

        Inspection.of(browser, "usage");
    }

    @Test
    void drawerOpensAndClosesOnAPhone() {
        Talk.begin(browser, "Hello").awaitReplies(1);
        browser.resize(390, 844);
        assertFalse(browser.element("#list").isDisplayed());
        browser.click(".list-open");
        browser.await("the drawer", page -> page.element("#list").isDisplayed());
        browser.awaitText("#list", "Hello");
        browser.screenshot(Path.of("target", "screenshots", "drawer-phone-light.png"));
        browser.prefer("dark").screenshot(Path.of("target", "screenshots", "drawer-phone-dark.png"));
        assertEquals(List.of(), Inspection.violations(browser));

        browser.element("body").sendKeys(Keys.ESCAPE);
        browser.await("no drawer", page -> !page.element("#list").isDisplayed());
        browser.click(".list-open");
        browser.click("#list .list-new");
        browser.await("a new conversation", page -> page.path().equals("/"));
        assertTrue(browser.element("#text").isDisplayed());
    }
}
