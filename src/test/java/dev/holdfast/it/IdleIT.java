package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody says anything for a while: the page warns, then pauses, and one click goes on, also in another browser, to which
 * a mail leads.
 */
@Timeout(180)
class IdleIT {
    private static final Duration UNTIL_PAUSE = Duration.ofSeconds(40);
    private static final Pattern CLOCK = Pattern.compile("pauses in (\\d+):(\\d\\d)");

    @TempDir
    static Path folder;

    @AutoClose("stop")
    private static GreenMail mailServer;

    @AutoClose
    private static RunningJar jar;

    @AutoClose
    private static Browser plain;

    /** The conversation without JavaScript grows idle while the other test runs, so that it need not wait as long. */
    @BeforeAll
    static void serve() {
        mailServer = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailServer.start();
        String smtp = "smtp://127.0.0.1:" + mailServer.getSmtp().getPort();
        jar = RunningJar.serve(
                folder.resolve("data"), "--idle.warn", "2s", "--idle.pause", "22s", "--mail.smtp-url", smtp);
        plain = Browser.openWithoutScript(jar.address());
        plain.visit("");
        new Talk(plain).type("Hello");
        plain.click(".composer .primary");
        plain.await("a conversation", page -> page.path().startsWith("/c/"));
    }

    @Test
    void withoutScriptResumeAndStayGoByTheirForms() {
        awaitBanner("Paused.");
        plain.awaitText("#banner", "One exchange is saved");
        plain.click("[data-send=resume] .strong");
        plain.await("no pause", page -> !page.text("#banner").contains("Paused."));

        awaitBanner("pauses in");
        plain.click("[data-send=stay] .strong");
        plain.await("no banner", page -> !page.element("#banner").isDisplayed());
    }

    /** Nothing tells such a page what happens; its reader looks again. */
    private static void awaitBanner(String words) {
        plain.await("a banner with " + words, UNTIL_PAUSE, page -> {
            page.driver().navigate().refresh();
            return page.text("#banner").contains(words);
        });
    }

    @Test
    void warnedThenPausedThenOnWithOneClickInAnotherBrowserToWhichAMailLeads() throws Exception {
        try (Browser browser = Browser.open(jar.address());
                Browser phone = Browser.open(jar.address())) {
            Talk talk =
                    Talk.begin(browser, "My name is Olga. Please remember it.").awaitReplies(1);
            String path = browser.path();
            browser.visit(path + "/resume-links");
            browser.element("#idle-email").sendKeys("olga@example.org\n");
            browser.awaitText(".sheet-form .hint", "A link is mailed to this address");
            browser.visit(path);
            talk.say("We speak about lighthouses.").awaitReplies(2);

            browser.await("the warning", page -> page.text("#banner").contains("pauses in"));
            int first = secondsLeft(browser);
            assertTrue(first <= 20 && first > 10, first + " s");
            browser.await("the countdown", page -> secondsLeft(page) < first);
            browser.click("[data-send=stay] .strong");
            browser.await("no banner", page -> !page.element("#banner").isDisplayed());

            browser.await("the warning again", page -> page.text("#banner").contains("pauses in"));
            Inspection.of(browser, "warned");
            talk.type("What is");
            browser.await("the pause", UNTIL_PAUSE, page -> page.text("#banner").contains("Paused."));
            String banner = browser.text("#banner");
            assertTrue(banner.contains("2 exchanges are saved"), banner);
            assertTrue(banner.contains("We speak about lighthouses"), banner);
            assertTrue(banner.matches("(?s).*[0-9A-Z]{4}(-[0-9A-Z]{4}){3}.*"), banner);
            browser.awaitText("#list [aria-current=page] .list-state", "paused");
            Inspection.of(browser, "paused");
            assertQuietWhilePaused(browser);
            browser.driver().navigate().refresh();
            browser.awaitText("#banner", "2 exchanges are saved");

            assertTrue(mailServer.waitForIncomingEmail(20_000, 1), "no mail came");
            MimeMessage mail = mailServer.getReceivedMessages()[0];
            phone.driver().get(ResumeElsewhereIT.linkIn(mail));
            phone.click("button");
            phone.awaitText("#banner", "Paused.");
            phone.click("[data-send=resume] .strong");
            phone.await("no pause", page -> !page.text("#banner").contains("Paused."));
            Talk onThePhone = new Talk(phone);
            onThePhone.say("What is my name?").awaitReplies(3);
            assertTrue(
                    onThePhone.replies().get(2).contains("Olga"),
                    onThePhone.replies().toString());

            talk.awaitReplies(3);
            browser.await("no pause", page -> !page.text("#banner").contains("Paused."));
            assertEquals("What is", talk.typed());
            talk.say(" the light for?").awaitReplies(4);
            onThePhone.awaitReplies(4);
            assertEquals(talk.replies(), onThePhone.replies());
            assertEquals(List.of(), browser.complaints());

            browser.visit(path + "/resume-links");
            browser.awaitText(".sheet-list", "open in one other browser");
            browser.evaluate("[...document.querySelectorAll('.sheet-list li')]"
                    + ".find((one) => one.textContent.includes('olga@')).querySelector('button').click()");
            browser.await("no such link", page -> !page.text(".sheet-list").contains("olga@"));
            phone.visit(path).awaitText(".card-status", "404");
        }
    }

    private static int secondsLeft(Browser browser) {
        Matcher clock = CLOCK.matcher(browser.text("#banner"));
        return clock.find() ? Integer.parseInt(clock.group(1)) * 60 + Integer.parseInt(clock.group(2)) : -1;
    }

    /** A paused conversation rests: its page does not open it again and again. */
    private static void assertQuietWhilePaused(Browser browser) {
        browser.traffic();
        browser.evaluate("window.rested = false; setTimeout(() => (window.rested = true), 4000)");
        browser.await("four seconds", page -> Boolean.TRUE.equals(page.evaluate("return rested")));
        assertEquals(List.of(), browser.traffic().requests());
    }
}
