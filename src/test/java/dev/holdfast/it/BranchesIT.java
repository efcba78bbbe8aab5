package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Other ways through a conversation, as a person takes them on the page. */
class BranchesIT {
    @TempDir
    static Path folder;

    @AutoClose
    private static RunningJar jar;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void open() {
        jar = RunningJar.serve(folder.resolve("data"), "--window.high", "240", "--window.low", "120");
        browser = Browser.open(jar.address());
    }

    private static void awaitPlace(String place) {
        browser.await(
                place,
                page -> page.elements(".siblings span").stream()
                        .anyMatch(each -> each.getDomProperty("textContent").equals(place)));
    }

    @Test
    void replyIsAnsweredAgainAndOneSwitchesBetweenTheTwo() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        browser.click(".message:last-child [data-send=again] button");
        awaitPlace("2/2");
        talk.awaitReplies(1);
        Inspection.of(browser, "two-versions");

        browser.click(".message:last-child [data-do=before]");
        awaitPlace("1/2");
        assertEquals(2, talk.states().size());
        browser.driver().navigate().refresh();
        awaitPlace("1/2");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void messageIsEditedInItsPlaceAndTheFormerVersionStays() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        talk.say("What is my name?").awaitReplies(2);
        browser.click(".message.own .edit summary");
        browser.evaluate("document.querySelector('.message.own .edit textarea').value = 'My name is Irina'");
        Inspection.of(browser, "editing");
        browser.click(".message.own .edit button");
        awaitPlace("2/2");
        talk.awaitReplies(1);

        assertEquals(List.of("My name is Irina"), talk.own());
        browser.click(".message.own [data-do=before]");
        browser.await("the former version", page -> talk.own().size() == 2);
        assertEquals(List.of("My name is Olga", "What is my name?"), talk.own());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void whatTheModelSeesASummaryOfIsShownAndSentAgainAndAMessageIsKeptInView() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        for (int said = 2; said < 20 && browser.elements(".cut summary").isEmpty(); said++) {
            talk.paste("What is my name? I have said it before, and would like to hear it once more from you.")
                    .type(Keys.ENTER.toString())
                    .awaitReplies(said);
        }
        browser.evaluate("document.querySelector('.cut').scrollIntoView({ block: 'center' })");
        browser.click(".cut summary");
        browser.awaitText(".cut .typed", "Olga");
        browser.click(".cut + .message [name=keep]");
        browser.await("a mark", page -> !page.elements("[data-kept]").isEmpty());
        assertEquals(
                "Kept in view · let go",
                browser.element(".cut + .message [name=keep]").getText());
        Inspection.of(browser, "summary");

        browser.click(".cut button");
        browser.await("no summary", page -> page.elements(".cut summary").isEmpty());
        assertEquals("scroll", browser.evaluate("return document.activeElement.id"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void exchangeIsTakenBackAndBroughtBack() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        talk.say("What is my name?").awaitReplies(2);
        browser.click("[popovertarget=more]").click("[data-send=undo] button");
        browser.await("one exchange", page -> talk.own().equals(List.of("My name is Olga")));
        browser.click("[data-send=redo] button");
        browser.await("two exchanges", page -> talk.own().size() == 2);
        assertEquals(2, talk.replies().size());
        assertEquals(List.of(), browser.complaints());
    }
}
