package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.holdfast.Answer;
import dev.holdfast.Events;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server and a mail server, by which people of example.org sign in. */
abstract class MailedSignIns {
    static final String OLGA = "olga@example.org";

    private static final Pattern LINK = Pattern.compile("http\\S+/(sign-in|resume)/([A-Za-z0-9_-]{43})\\s");

    @TempDir
    Path data;

    GreenMail mailServer;
    private int mails;
    RunningSite site;

    @BeforeEach
    final void start() {
        ServerSetup anyPort = ServerSetupTest.SMTP.dynamicPort();
        mailServer = new GreenMail(anyPort);
        mailServer.start();
        start("auth", "email", "auth.allow", "@example.org");
    }

    private void start(String... settings) {
        String smtp = "smtp://localhost:" + mailServer.getSmtp().getPort() + "?starttls=optional";
        String[] all = Stream.concat(Stream.of(settings), Stream.of("mail.smtp-url", smtp))
                .toArray(String[]::new);
        site = RunningSite.start(data, ScriptedModel.answering("Nice to meet you, Olga!"), all);
    }

    /** The same folder, served otherwise. */
    final void restart(String... settings) {
        site.close();
        start(settings);
    }

    @AfterEach
    final void stop() {
        site.close();
        mailServer.stop();
    }

    /** The token in the newest mail to an address, one more than have come so far. */
    final String token(String address) throws Exception {
        assertTrue(mailServer.waitForIncomingEmail(20_000, ++mails), "no mail came");
        MimeMessage[] received = mailServer.getReceivedMessagesForDomain(address);
        MimeMessage mail = received[received.length - 1];
        String words =
                (String) ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
        Matcher link = LINK.matcher(words);
        assertTrue(link.find(), words);
        return link.group(2);
    }

    final Person signIn(Person person, String address) throws Exception {
        assertEquals(200, person.post("/sign-in", "email", address).status());
        Answer entered = person.post("/sign-in/" + token(address.toLowerCase(Locale.ROOT)));
        assertEquals(303, entered.status(), entered.toString());
        return person;
    }

    final Person olga() throws Exception {
        return signIn(site.person(), OLGA);
    }

    /** What it has told of already may come first. */
    static void assertEnds(Events stream) {
        int heard = 0;
        while (stream.next() != null) {
            assertTrue(++heard < 100, "it goes on");
        }
    }
}
