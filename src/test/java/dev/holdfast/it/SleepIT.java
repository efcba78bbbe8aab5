package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A page stands still in mid-reply, as when its device sleeps; the reply goes on without it, and it wakes to all of it. */
@Timeout(120)
class SleepIT extends Journeys {
    /** The longest time in ms that the page did nothing. */
    private static final String BEAT = """
            let last = performance.now();
            window.longest = 0;
            setInterval(() => {
              longest = Math.max(longest, Math.round(performance.now() - last));
              last = performance.now();
            }, 20);
            """;

    /** Of a sleep that outlasts the rest of the reply: five words come in no less. */
    private static final long AWAY_MS = 1000;

    private Talk talk;
    private Visitor elsewhere;
    private Notice notice;
    private String conversation;

    @BeforeEach
    void beginReply() {
        talk = Talk.dictate(browser, 10);
        elsewhere = Visitor.like(browser, jar.address());
        conversation = talk.conversation();
        talk.type("half a thou").awaitArriving(10);
        notice = Notice.on(browser);
        browser.evaluate(BEAT);
    }

    /** What the server has of the reply by now. */
    private String stored() {
        return elsewhere
                .messages(conversation)
                .get(1)
                .getAsJsonObject()
                .get("content")
                .getAsString();
    }

    private void assertAllThere() {
        talk.awaitReplies(1);
        browser.await("a page that slept", page -> (Long) page.evaluate("return longest") > AWAY_MS);
        assertEquals(talk.storedReplies(), talk.replies());
        assertEquals(talk.storedOwn(), talk.own());
        assertEquals("half a thou", talk.typed());
        talk.say("ght").awaitReplies(2);
        assertEquals(talk.storedReplies(), talk.replies());
        assertEquals(talk.storedOwn(), talk.own());
        notice.awaitGone();
    }

    @Test
    void replyThatEndedMeanwhileIsThereOnWaking() {
        try (Sleep sleep = Sleep.ofPages()) {
            elsewhere.awaitReply(conversation);
        }
        assertAllThere();
        notice.assertChanges();
    }

    @Test
    void replyThatGoesOnIsHeardToItsEndThroughTheSameConnection() {
        try (Sleep sleep = Sleep.ofPages()) {
            int slept = stored().length();
            browser.await("a few words", ignored -> stored().length() > slept + 20);
        }
        assertAllThere();
        notice.assertChanges();
    }

    /** The server sends the page's connection away, for another with its name has come. */
    @Test
    void connectionThatTheServerEndedMeanwhileIsOpenedAgainOnWaking() {
        String name = (String) browser.evaluate("return location.origin");
        try (Sleep sleep = Sleep.ofPages()) {
            elsewhere.listen("events?as=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
            elsewhere.awaitReply(conversation);
        }
        assertAllThere();
    }
}
