package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;

/** People sign in by mail: with what their browser had begun before, and without losing a word when a sign-in ends. */
@Timeout(180)
class SignInIT {
    private static final String OLGA = "olga@example.org";

    @TempDir
    Path folder;

    private final GreenMail mailServer = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private int mails;

    private String link() throws Exception {
        assertTrue(mailServer.waitForIncomingEmail(20_000, ++mails), "no mail came");
        MimeMessage[] received = mailServer.getReceivedMessagesForDomain(OLGA);
        return ResumeElsewhereIT.linkIn(received[received.length - 1]);
    }

    private void signIn(Browser browser) throws Exception {
        browser.element("#email").sendKeys(OLGA + "\n");
        browser.awaitText(".notice", "a mail is on its way");
        browser.driver().get(link());
        browser.click("button");
        browser.element("html.scripted");
    }

    @Test
    void whatWasBegunBeforeIsMovedAndWhatIsTypedWhileSignedOutGoesOutAfterwards() throws Exception {
        mailServer.start();
        Path data = folder.resolve("data");
        int port;
        try (RunningJar open = RunningJar.serve(data);
                Browser browser = Browser.open(open.address())) {
            port = open.address().getPort();
            Talk talk =
                    Talk.begin(browser, "My name is Olga. Please remember it.").awaitReplies(1);
            String path = browser.path();
            open.close();
            try (RunningJar jar = RunningJar.serve(
                    data,
                    "--port",
                    Integer.toString(port),
                    "--auth",
                    "email",
                    "--auth.allow",
                    "@example.org",
                    "--auth.operators",
                    OLGA,
                    "--mail.smtp-url",
                    "smtp://127.0.0.1:" + mailServer.getSmtp().getPort())) {
                assertEquals(port, jar.address().getPort());
                browser.visit("");
                Inspection.of(browser, "sign-in");
                browser.element("#email").sendKeys(OLGA + "\n");
                browser.awaitText(".notice", "a mail is on its way");
                Inspection.of(browser, "sign-in-asked");
                String link = link();
                browser.driver().get(link);
                browser.awaitText(".card", OLGA);
                Inspection.of(browser, "sign-in-link");
                browser.click("button");

                browser.awaitText(".foot", "begun in this browser before you signed in");
                Inspection.of(browser, "claim");
                browser.click("[name=answer][value=move]");
                browser.awaitText("#list", "My name is Olga");
                browser.click("#list li a");
                talk.awaitReplies(1);
                assertEquals(path, browser.path());

                signedOutWhileTyping(browser, talk);

                signedOutFromElsewhere(browser, jar);

                browser.visit("operator");
                browser.awaitText(".sheet-table", "Replies being written");
                Inspection.of(browser, "operator");
                browser.driver().get(link);
                browser.awaitText(".notice", "has been used");
                Inspection.of(browser, "sign-in-used");
            }
        } finally {
            mailServer.stop();
        }
    }

    private void signedOutFromElsewhere(Browser browser, RunningJar jar) throws Exception {
        try (Browser phone = Browser.open(jar.address())) {
            phone.visit("");
            signIn(phone);
            browser.visit("");
            browser.click("[href='/sign-ins']");
            browser.awaitText(".sheet-list", "Chrome on Linux");
            assertEquals(2, browser.elements(".sheet-list li").size());
            Inspection.of(browser, "sign-ins");
            browser.click("[action='/sign-ins/end'] button");
            browser.await("one browser", page -> page.elements(".sheet-list li").size() == 1);
            browser.awaitText(".sheet-list", "this browser");
            phone.visit("").awaitText("h1", "Sign in");
        }
    }

    private void signedOutWhileTyping(Browser browser, Talk talk) throws Exception {
        String here = browser.driver().getWindowHandle();
        talk.type("What is my ");
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.visit("");
        browser.click(".list-account button");
        browser.awaitText("h1", "Sign in");
        String there = browser.driver().getWindowHandle();

        browser.driver().switchTo().window(here);
        talk.say("name?");
        browser.awaitText("#thread", "you are signed out");
        browser.awaitText("#lost", "You are signed out here");
        Inspection.of(browser, "signed-out");

        browser.driver().switchTo().window(there);
        signIn(browser);
        browser.driver().switchTo().window(here);
        talk.awaitReplies(2);
        assertEquals(List.of("My name is Olga. Please remember it.", "What is my name?"), talk.own());
        assertTrue(talk.replies().get(1).contains("Olga"), talk.replies().toString());
        assertEquals(talk.own(), talk.storedOwn());
    }
}
