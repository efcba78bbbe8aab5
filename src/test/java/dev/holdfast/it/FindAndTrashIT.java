package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** Keeping order among conversations: finding one, throwing one away and bringing it back, going far down the list. */
@Timeout(180)
class FindAndTrashIT extends Journeys {
    private static final String BEGIN = """
            const done = arguments[arguments.length - 1];
            (async () => {
              for (const text of arguments[0]) {
                await fetch("/c", { method: "POST", body: new URLSearchParams({ text }), redirect: "manual" });
              }
            })().then(() => done("begun"), (problem) => done(`${problem}`));
            """;

    private static void begin(List<String> texts) {
        assertEquals("begun", browser.driver().executeAsyncScript(BEGIN, texts));
    }

    /** What the list shows, of one moment: the page may put a fresh list in its place at any time. */
    @SuppressWarnings("unchecked")
    private static List<String> listed() {
        return (List<String>)
                browser.evaluate(
                        "return [...document.querySelectorAll('#list .list-days .list-title')].map(each => each.innerText.trim())");
    }

    private static void moveToTrash() {
        browser.click("[popovertarget=more]").click("[data-send=delete] button");
        browser.awaitText("#trashed", "Moved to the trash.");
    }

    @Test
    void conversationMovedToTheTrashLeavesTheListAndUndoBringsItBack() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        String path = browser.path();
        List<String> said = talk.replies();
        browser.awaitText("#list", "My name is Olga");

        moveToTrash();

        assertEquals("/", browser.path(), "a reload does not say it again");
        assertEquals(List.of(), listed());
        browser.awaitUnseenText("#status", "Moved to the trash.");
        Inspection.of(browser, "trashed");

        browser.click("#trashed button");
        browser.await("the conversation", page -> page.path().equals(path));
        assertEquals(said, talk.replies());
        browser.awaitText("#list [aria-current=page]", "My name is Olga");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void trashShowsWhatIsInItAndRestores() {
        Talk.begin(browser, "Help me write a short letter to my neighbour.").awaitReplies(1);
        moveToTrash();
        Talk.begin(browser, "Tell me about a lighthouse in 20 words").awaitReplies(1);
        String path = browser.path();
        moveToTrash();

        browser.click(".list-trash");
        browser.awaitText(".sheet-list", "Help me write a short letter to my neighbour.");
        Inspection.of(browser, "trash");
        browser.click(".sheet-list li:first-child button");

        browser.await("the conversation", page -> page.path().equals(path));
        browser.visit("trash").awaitText(".sheet-list", "Help me write");
        assertEquals(1, browser.elements(".sheet-list li").size());
        browser.click(".sheet-list button");
        browser.await("the other one", page -> page.path().startsWith("/c/"));
        browser.visit("trash").awaitText("main", "The trash is empty.");
        Inspection.of(browser, "trash-empty");
    }

    @Test
    void otherTabIsToldThatItsConversationIsGoneAndGoesOnOnceItIsBack() {
        Talk talk = Talk.begin(browser, "My name is Olga").awaitReplies(1);
        String path = browser.path();
        String first = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        String second = browser.driver().getWindowHandle();
        browser.visit(path);
        moveToTrash();

        browser.driver().switchTo().window(first);
        browser.awaitText("#lost", "no longer here");
        talk.type("half a thou");
        Inspection.of(browser, "gone");
        browser.driver().switchTo().window(second);
        browser.click("#trashed button")
                .await("the conversation", page -> page.path().equals(path));

        browser.driver().switchTo().window(first);
        browser.await("the connection", page -> {
            page.elements("#lost [data-do=try]").stream()
                    .filter(WebElement::isDisplayed)
                    .forEach(WebElement::click);
            return !page.element("#lost").isDisplayed();
        });
        assertEquals("half a thou", talk.typed());
        talk.say("ght").awaitReplies(2);
    }

    @Test
    void addressOfWhatIsInTheTrashOffersToRestoreIt() {
        Talk.begin(browser, "My name is Olga").awaitReplies(1);
        String path = browser.path();
        moveToTrash();

        browser.visit(path.substring(1)).awaitText("main", "moved to the trash");
        Inspection.of(browser, "in-trash");
        browser.click("main button");

        browser.awaitText(".message.own", "My name is Olga");
    }

    @Test
    void olderConversationsComeWhenAskedForAndStay() {
        browser.visit("");
        begin(IntStream.rangeClosed(1, 60).mapToObj(i -> "Conversation " + i).toList());
        browser.visit("");
        assertEquals(50, listed().size());
        Inspection.of(browser, "long-list");

        browser.click("[data-do=older]");

        browser.await("all", page -> listed().size() == 60);
        assertEquals(60, Set.copyOf(listed()).size(), "each is there once");
        String firstOlder = listed().get(50);
        assertEquals(List.of(), browser.elements("[data-do=older]"));
        assertEquals(1, browser.elements("#list section").size(), "one day is one group");
        assertEquals(
                firstOlder,
                browser.driver().switchTo().activeElement().getText(),
                "who went there by the keyboard goes on there");
        browser.evaluate("document.querySelector('.list-days').dataset.old = ''; document.dispatchEvent(new"
                + " Event('visibilitychange'))");
        browser.await("a fresh list", page -> page.elements("[data-old]").isEmpty());
        assertEquals(60, listed().size());
        assertEquals(firstOlder, browser.driver().switchTo().activeElement().getText());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void searchFindsWhileOneTypesAndTheListComesBack() {
        Talk.begin(browser, "Tell me about a lighthouse in 20 words").awaitReplies(1);
        String path = browser.path();
        Talk.begin(browser, "My name is Olga").awaitReplies(1);
        WebElement field = browser.element("#q");

        field.sendKeys("lighthou");
        browser.awaitText("#found", "found.");
        field.sendKeys("se");

        browser.awaitText("#found mark", "lighthouse");
        assertFalse(browser.element(".list-days").isDisplayed());
        browser.awaitUnseenText("#status", "found.");
        Inspection.of(browser, "search");
        browser.click("#found a");
        browser.await("the conversation", page -> page.path().startsWith(path));

        browser.element("#q").sendKeys("Olga");
        browser.awaitText("#found", "Olga");
        browser.element("#q").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        browser.await("the list", page -> page.element(".list-days").isDisplayed());
        assertEquals(2, listed().size());
        assertEquals(List.of(), browser.complaints());
    }

    /** Also of a message that is further up than the page begins with. */
    @Test
    void hitLeadsToTheMessageHoweverFarUpItIs() {
        Talk talk = Talk.begin(browser, "The first word is zyzzyva.").awaitReplies(1);
        String id = talk.conversation();
        for (int i = 0; i < 30; i++) {
            browser.driver()
                    .executeAsyncScript(
                            "const [id, text, done] = arguments; fetch(`/c/${id}/messages`, {method: 'POST', headers:"
                                    + " {Accept: 'application/json'}, body: new URLSearchParams({text})}).then(done)",
                            id,
                            "Repeat exactly: " + i);
            if (i % 10 == 9) {
                talk.awaitReplies(i + 2); // They wait for each other anyway.
            }
        }

        browser.visit("").visit("c/" + id + "#message-m1");

        browser.await(
                "the message", page -> !page.elements("#message-m1:target").isEmpty());
        browser.await(
                "a view of it", page -> (Boolean)
                        page.evaluate("const box = document.getElementById('message-m1').getBoundingClientRect();"
                                + "return box.top >= 0 && box.bottom <= innerHeight"));
        browser.screenshot(Path.of("target", "screenshots", "revealed.png"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void searchThatFindsNothingSaysSo() {
        Talk.begin(browser, "My name is Olga").awaitReplies(1);
        browser.awaitText("#list .list-days", "My name is Olga");

        browser.element("#q").sendKeys("zyzzyva");

        browser.awaitText("#found", "Nothing found.");
        assertFalse(browser.element(".list-days").isDisplayed());
        Inspection.of(browser, "search-nothing");
        browser.element("#q").sendKeys(Keys.ESCAPE);
        browser.await("the list", page -> page.element(".list-days").isDisplayed());
        assertEquals(List.of("My name is Olga"), listed());
    }

    @Test
    void searchWorksInTheDrawerOfAPhoneAndOnItsOwnPage() {
        Talk.begin(browser, "Tell me about a lighthouse in 20 words").awaitReplies(1);
        browser.resize(390, 844);
        browser.click(".list-open");
        browser.element("#q").sendKeys("lighthouse");
        browser.awaitText("#found", "ound");
        browser.screenshot(Path.of("target", "screenshots", "search-phone-light.png"));
        browser.prefer("dark").screenshot(Path.of("target", "screenshots", "search-phone-dark.png"));
        assertEquals(List.of(), Inspection.violations(browser));

        browser.visit("search?q=lighthouse").awaitText("main", "ound");
        Inspection.of(browser, "search-page");
        assertTrue(browser.element("form.find button").isDisplayed());
        assertEquals("lighthouse", browser.element("#q").getDomProperty("value"));
    }
}
