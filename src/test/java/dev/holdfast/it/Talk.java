package dev.holdfast.it;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.openqa.selenium.Keys;

/** A conversation as a person holds it: types, sends, waits and reads on the page that a browser shows. */
final class Talk {
    private static final String OWN = ".message.own";
    private static final String REPLY = ".message:not(.own)";

    private final Browser browser;

    Talk(Browser browser) {
        this.browser = browser;
    }

    /** A new conversation, whose first message this is. */
    static Talk begin(Browser browser, String text) {
        browser.visit("");
        Talk talk = new Talk(browser);
        talk.say(text);
        browser.await("a conversation", page -> page.path().startsWith("/c/"));
        return talk;
    }

    /**
     * A new conversation whose first reply comes word for word, 2.5 of them a second, and says the same rendered as stored:
     * there is no Markdown in it. Some of its characters are two of JavaScript's.
     *
     * @param words how many, at least 2
     */
    static Talk dictate(Browser browser, int words) {
        browser.visit("");
        Talk talk = new Talk(browser);
        talk.paste("Repeat exactly: slowly, "
                        + IntStream.rangeClosed(2, words)
                                .mapToObj(number -> "№" + number + "🌊é")
                                .collect(Collectors.joining(" ")))
                .type(Keys.ENTER.toString());
        browser.await("a conversation", page -> page.path().startsWith("/c/"));
        return talk;
    }

    Browser browser() {
        return browser;
    }

    String conversation() {
        return browser.path().substring("/c/".length());
    }

    /** Types without sending. */
    Talk type(String text) {
        browser.element("#text").sendKeys(text);
        return this;
    }

    /** Puts in a text as from the clipboard; no driver types characters beyond the first 65536. */
    Talk paste(String text) {
        browser.element("#text").click();
        browser.evaluate("document.execCommand('insertText', false, arguments[0])", text);
        return this;
    }

    /** What is typed and not sent. */
    String typed() {
        return browser.element("#text").getDomProperty("value");
    }

    /** Types and presses Enter. */
    Talk say(String text) {
        return type(text).type(Keys.ENTER.toString());
    }

    /** Waits until so many replies are complete and none is arriving. */
    Talk awaitReplies(int count) {
        browser.await(
                count + " complete replies",
                page -> page.elements(REPLY + "[data-state=complete]").size() == count
                        && page.elements("[data-state=streaming], [data-state=sending]")
                                .isEmpty());
        return this;
    }

    /** Waits until the running reply shows at least so many characters; what it shows then. */
    String awaitArriving(int characters) {
        browser.await(
                "a reply of " + characters + " characters", page -> arriving().length() >= characters);
        return arriving();
    }

    /** The text of the running reply, exactly as it stands there; "" if none has begun. */
    String arriving() {
        return (String) browser.evaluate(
                "return document.querySelector('[data-state=streaming] [data-block]')?.textContent ?? ''");
    }

    /** What the person said, as the page shows it. */
    List<String> own() {
        return texts(OWN + " [data-part=words]");
    }

    /** What came back, as the page shows it; of a running reply what has come so far. */
    List<String> replies() {
        return texts(REPLY + " .words");
    }

    /** Rendered text, also of what is scrolled out of sight. */
    private List<String> texts(String selector) {
        return browser.elements(selector).stream()
                .map(element -> element.getDomProperty("innerText").strip())
                .toList();
    }

    /** The states of all messages, in the order of the page. */
    List<String> states() {
        return browser.elements(".message").stream()
                .map(message -> message.getDomAttribute("data-state"))
                .toList();
    }

    /** The messages as the server has them on disk, oldest first. */
    List<JsonObject> stored() {
        return StreamSupport.stream(
                        browser.json("c/" + conversation() + "/messages")
                                .getAsJsonArray("messages")
                                .spliterator(),
                        false)
                .map(message -> message.getAsJsonObject())
                .toList();
    }

    /** What the person said, as the server has it on disk. */
    List<String> storedOwn() {
        return stored("user");
    }

    /** What came back, as the server has it on disk. */
    List<String> storedReplies() {
        return stored("assistant");
    }

    private List<String> stored(String role) {
        return stored().stream()
                .filter(message -> message.get("role").getAsString().equals(role))
                .map(message -> message.get("content").getAsString())
                .toList();
    }

    /** The stored content of the message with that number, from 0. */
    String stored(int number) {
        return stored().get(number).get("content").getAsString();
    }
}
