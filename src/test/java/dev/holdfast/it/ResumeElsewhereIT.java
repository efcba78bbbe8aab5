package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A conversation is carried on in another browser, which has never been here: by a mailed link, by a typed code. */
@Timeout(120)
class ResumeElsewhereIT {
    private static final Pattern LINK = Pattern.compile("http://[^\\s\"<>]+/(?:resume|sign-in)/[A-Za-z0-9_-]+");

    @TempDir
    Path folder;

    @Test
    void mailedLinkOpensTheConversationInASecondBrowserAndNowhereElse() throws MessagingException, IOException {
        GreenMail mailServer = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailServer.start();
        String smtp = "smtp://127.0.0.1:" + mailServer.getSmtp().getPort();
        try (RunningJar jar = RunningJar.serve(folder.resolve("data"), "--mail.smtp-url", smtp);
                Browser first = Browser.open(jar.address());
                Browser second = Browser.open(jar.address());
                Browser third = Browser.open(jar.address())) {
            Talk talk =
                    Talk.begin(first, "My name is Olga. Please remember it.").awaitReplies(1);
            String path = first.path();
            askForLink(first);
            first.awaitText("#more-result", "Sent.");
            assertFalse(first.text("#more-result").contains("code"), "a sent mail needs no code");

            assertTrue(mailServer.waitForIncomingEmail(20_000, 1), "no mail came");
            MimeMessage mail = mailServer.getReceivedMessages()[0];
            assertEquals("olga@example.org", mail.getRecipients(Message.RecipientType.TO)[0].toString());
            second.visit(path);
            second.awaitText(".card-status", "404");
            openByLink(second, linkIn(mail));

            Talk elsewhere = new Talk(second);
            assertEquals(path, second.path());
            assertEquals(talk.own(), elsewhere.own());
            assertEquals(talk.replies(), elsewhere.replies());
            elsewhere.say("What is my name?").awaitReplies(2);
            assertTrue(
                    elsewhere.replies().get(1).contains("Olga"),
                    elsewhere.replies().toString());
            talk.awaitReplies(2);
            assertEquals(elsewhere.own(), talk.own());
            assertEquals(List.of(), first.complaints());
            assertClosedToOthers(jar, third, path);
            Inspection.of(third, "problem");
            revoke(first);
            second.await("word that it is gone", page -> page.text("#lost").contains("no longer here"));
            assertClosedToOthers(jar, third, path);
            second.driver().get(linkIn(mail));
            second.click("button");
            second.awaitText(".notice", "has expired or was revoked");
            Inspection.of(second, "resume-ended");
            second.click(".primary");
            second.awaitText(".notice", "a new one is on its way");
            Inspection.of(second, "resume-asked");
            second.driver().get(linkIn(mail).replace("/resume/", "/unsubscribe/"));
            Inspection.of(second, "unsubscribe");
            second.click("button");
            second.awaitText("[role=status]", "no more of them are");
            Inspection.of(second, "unsubscribed");
            talk = new Talk(first.visit(path).awaitText("#thread", "Olga"));
            assertEquals(2, talk.replies().size());
        } finally {
            mailServer.stop();
        }
    }

    @Test
    void withoutAMailServerTheMailBecomesAFileAndThePageShowsACode() throws MessagingException, IOException {
        Path data = folder.resolve("data");
        try (RunningJar jar = RunningJar.serve(data);
                Browser first = Browser.open(jar.address());
                Browser second = Browser.open(jar.address())) {
            Talk talk =
                    Talk.begin(first, "My name is Olga. Please remember it.").awaitReplies(1);
            String path = first.path();
            askForLink(first);
            String code = first.element("#more-result .code").getText();
            Inspection.of(first, "code");

            assertTrue(linkIn(writtenMail(data)).startsWith(jar.address() + "resume/"));
            second.visit("resume");
            Inspection.of(second, "resume-code");
            second.element("#code").sendKeys("0000-0000-0000-0000\n");
            second.awaitText(".notice", "not known here");
            Inspection.of(second, "resume-unknown");
            second.element("#code")
                    .sendKeys(code.toLowerCase(java.util.Locale.ROOT).replace("-", " ") + "\n");
            second.await("the conversation", page -> page.path().equals(path));

            Talk elsewhere = new Talk(second).awaitReplies(1);
            assertEquals(talk.own(), elsewhere.own());
            elsewhere.say("What is my name?").awaitReplies(2);
            talk.awaitReplies(2);
            assertEquals(elsewhere.replies(), talk.replies());
            second.forget();
            assertClosedToOthers(jar, second, path);
        }
    }

    private static void askForLink(Browser browser) {
        browser.click("[popovertarget=more]");
        browser.element("#email").sendKeys("olga@example.org\n");
    }

    private static void revoke(Browser browser) {
        if (!browser.element("#more").isDisplayed()) {
            browser.click("[popovertarget=more]");
        }
        browser.click("#more a[href$=resume-links]");
        browser.awaitText(".sheet-list", "olga@example.org");
        browser.awaitText(".sheet-list", "open in one other browser");
        Inspection.of(browser, "links");
        browser.click(".sheet-list button");
        browser.awaitText(".sheet-words", "open to nobody but you");
        browser.element("#idle-email").sendKeys("olga@example.org\n");
        browser.awaitText(".sheet-form .hint", "A link is mailed to this address");
        Inspection.of(browser, "links-none");
    }

    /** A visit alone changes nothing: programs that look for danger in mails open links, too. */
    private static void openByLink(Browser browser, String link) {
        browser.driver().get(link);
        assertEquals(1, browser.elements("button").size());
        Inspection.of(browser, "resume-link");
        browser.driver().get(link);
        browser.click("button");
        browser.await("the conversation", page -> page.path().startsWith("/c/"));
    }

    /** @param other a browser that nobody let in */
    private static void assertClosedToOthers(RunningJar jar, Browser other, String path) {
        other.visit(path);
        other.awaitText(".card-status", "404");
        assertEquals(
                404,
                new Visitor(jar.address())
                        .getJson(path.substring(1) + "/messages")
                        .statusCode());
    }

    private static MimeMessage writtenMail(Path data) throws IOException, MessagingException {
        List<Path> mails;
        try (Stream<Path> files = Files.walk(data)) {
            mails = files.filter(file -> file.toString().endsWith(".eml")).toList();
        }
        assertEquals(1, mails.size(), mails.toString());
        try (InputStream file = Files.newInputStream(mails.get(0))) {
            return new MimeMessage(Session.getInstance(new Properties()), file);
        }
    }

    static String linkIn(Part mail) throws MessagingException, IOException {
        Object content = mail.getContent();
        if (content instanceof MimeMultipart parts) {
            return linkIn(parts.getBodyPart(0));
        }
        Matcher link = LINK.matcher(content.toString());
        assertTrue(link.find(), content.toString());
        return link.group();
    }
}
