package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static dev.holdfast.lifecycle.House.PAUL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.agent.NotedEvents;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.mail.Mail;
import dev.holdfast.mail.MailAddress;
import dev.holdfast.mail.MailComposer;
import dev.holdfast.mail.MailException;
import dev.holdfast.mail.MailFolder;
import dev.holdfast.mail.Mailer;
import dev.holdfast.protect.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways back: links by mail and codes to type, by clocks and a mailer that are moved by hand. */
class ResumeLinksTest {
    private static final Pattern LINK = Pattern.compile("https://chat\\.example\\.org/x/resume/([A-Za-z0-9_-]{43})\\s");
    private static final Duration TTL = Duration.ofHours(48);

    private final House house = new House();
    private final ConversationId id = house.begin(OLGA, "Hello");
    private final List<Mail> mails = new ArrayList<>();
    private final HandExecutor mailing = new HandExecutor();
    private Optional<URI> publicUrl = Optional.of(URI.create("https://chat.example.org/x"));
    private Mailer mailer = mails::add;
    private final ResumeLinks links = links(house);

    private ResumeLinks links(House of) {
        return new ResumeLinks(
                of.access,
                of.conversations,
                mails(of),
                () -> publicUrl,
                TTL,
                of.clock,
                of.clock::nanos,
                new Random(18));
    }

    private ResumeMails mails(House of) {
        Mailer ours = new Mailer() {
            @Override
            public void send(Mail mail) throws MailException {
                mailer.send(mail);
            }

            @Override
            public boolean delivers() {
                return mailer.delivers();
            }
        };
        Supplier<Optional<URI>> url = () -> publicUrl;
        return new ResumeMails(
                of.access, of.conversations, of.outbox(), ours, mailing, url, TTL, of.clock, new Random(21));
    }

    /** The token of the link that is mailed. */
    private String mailed(String address) {
        CompletableFuture<ResumeMails.Mailed> sent = links.mail(OLGA, id, address);
        mailing.runAll();
        sent.join();
        Matcher link = LINK.matcher(mails.get(mails.size() - 1).text());
        assertTrue(link.find(), mails.get(mails.size() - 1).text());
        return link.group(1);
    }

    private String code() {
        return links.code(OLGA, id).join().code();
    }

    private Optional<ConversationId> redeem(String secret) {
        return links.redeem(secret, PAUL, "192.0.2.7").join();
    }

    private boolean paulMay() {
        return house.conversations.mayOpen(PAUL, id);
    }

    @Test
    void theMailHasOneLinkThatBeginsWithThePublicUrl() {
        CompletableFuture<ResumeMails.Mailed> sent = links.mail(OLGA, id, "olga@example.org");
        assertFalse(sent.isDone(), "nobody waits for a mail server on a request's thread");
        mailing.runAll();
        assertEquals(HandClock.START.plus(TTL), sent.join().expires());
        Mail mail = mails.get(0);
        assertEquals(new MailAddress("olga@example.org"), mail.to());
        assertTrue(LINK.matcher(mail.text()).find(), mail.text());
        assertFalse(mail.text().contains("Hello"), "a mail tells nothing of the conversation");
    }

    @Test
    void aTokenIsOnDiskAsItsHashOnly() {
        String token = mailed("olga@example.org");
        String code = code();
        assertEquals(43, token.length());
        String disk = house.everythingOnDisk();
        assertTrue(disk.contains("\"kind\":\"mail\""), "the search would find it");
        assertTrue(disk.contains("\"kind\":\"code\""));
        for (String secret : List.of(token, code, code.replace("-", ""))) {
            assertFalse(disk.contains(secret), secret);
            assertFalse(disk.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT)), secret);
        }
    }

    @Test
    void aLinkGivesAGrantThatOutlivesItAndTheProcess() {
        String token = mailed("olga@example.org");
        assertFalse(paulMay());
        assertEquals(Optional.of(id), redeem(token));
        assertTrue(paulMay());
        house.clock.advance(Duration.ofDays(30));
        assertTrue(house.afterCrash().conversations.mayOpen(PAUL, id));
    }

    @Test
    void aLinkCanBeUsedByAnotherBrowserAndAfterARestart() {
        String token = mailed("olga@example.org");
        redeem(token);
        House again = house.afterCrash();
        Owner third = new Owner("h:third");
        assertEquals(
                Optional.of(id), links(again).redeem(token, third, "192.0.2.8").join());
        assertTrue(again.conversations.mayOpen(third, id));
    }

    @Test
    void aLinkWorksUntilItsLastSecondAndNotAfter() {
        String token = mailed("olga@example.org");
        house.clock.advance(TTL.minusSeconds(1));
        assertEquals(Optional.of(id), redeem(token));
        house.clock.advance(Duration.ofSeconds(2));
        assertEquals(
                Optional.empty(),
                links.redeem(token, new Owner("h:third"), "192.0.2.8").join());
        assertFalse(house.conversations.mayOpen(new Owner("h:third"), id));
    }

    @Test
    void aCodeWorksUntilItsLastSecondAndNotAfter() {
        String code = code();
        house.clock.advance(TTL.plusSeconds(1));
        assertEquals(Optional.empty(), redeem(code));
        assertFalse(paulMay());
        String next = code();
        assertNotEquals(code, next);
        house.clock.advance(TTL.minusSeconds(1));
        assertEquals(Optional.of(id), redeem(next));
    }

    private static String name(String token) {
        return Secret.parseKey(token).orElseThrow().hash().substring(0, 16);
    }

    @Test
    void aLinkThatWasRevokedOpensNothingAndWhomItLetInIsSentAway() {
        String token = mailed("olga@example.org");
        redeem(token);
        NotedEvents paul = new NotedEvents();
        house.conversations.watch(PAUL, id, Optional.empty(), paul);
        List<String> unlisted = new ArrayList<>();
        house.conversations.watchList(PAUL, new ListWatcher() {
            @Override
            public void listed(ConversationId of, String title, ListedConversation.State state) {}

            @Override
            public void unlisted(ConversationId of) {
                unlisted.add(of.value());
            }

            @Override
            public void end() {}
        });

        links.revoke(OLGA, id, name(token)).join();

        assertFalse(paulMay());
        assertEquals(Optional.empty(), redeem(token));
        assertTrue(paul.ended());
        assertEquals(List.of(id.value()), unlisted);
        assertEquals(List.of(), links.given(OLGA, id));
        links.revoke(OLGA, id, name(token)).join();
    }

    @Test
    void whatWasGivenTellsWhomForHowLongAndWhatBecameOfIt() {
        String token = mailed("olga@example.org");
        house.clock.advance(Duration.ofMinutes(1));
        code();
        redeem(token);
        Instant at = HandClock.START;
        ResumeLinks.GivenLink mail = new ResumeLinks.GivenLink(
                name(token), "mail", Optional.of("olga@example.org"), at, at.plus(TTL), true, 1);
        List<ResumeLinks.GivenLink> given = links.given(OLGA, id);
        assertEquals(2, given.size());
        assertEquals(Optional.empty(), given.get(0).to());
        assertEquals(0, given.get(0).browsers());
        assertEquals(mail, given.get(1));

        house.clock.advance(TTL);
        assertEquals(
                List.of(new ResumeLinks.GivenLink(name(token), "mail", mail.to(), at, at.plus(TTL), false, 1)),
                links.given(OLGA, id),
                "what has expired is of interest only for whom it let in");
    }

    @Test
    void whomALinkLetInSeesAndRevokesOnlyWhatTheyGaveThemselves() {
        String token = mailed("olga@example.org");
        redeem(token);
        assertEquals(List.of(), links.given(PAUL, id));
        links.revoke(PAUL, id, name(token)).join();
        assertTrue(paulMay());
        links.code(PAUL, id).join();
        assertEquals(1, links.given(PAUL, id).size());
        assertEquals(2, links.given(OLGA, id).size());
        links.revoke(PAUL, id, links.given(PAUL, id).get(0).name()).join();
        assertEquals(1, links.given(OLGA, id).size());
    }

    @Test
    void aLinkThatHasExpiredIsReplacedByOneToTheSameAddress() {
        String token = mailed("olga@example.org");
        house.clock.advance(TTL.plusSeconds(1));
        assertEquals(Optional.empty(), redeem(token));
        links.again(token, "192.0.2.7");
        mailing.runAll();
        assertEquals(2, mails.size());
        assertEquals(new MailAddress("olga@example.org"), mails.get(1).to());
        Matcher link = LINK.matcher(mails.get(1).text());
        assertTrue(link.find());
        assertEquals(Optional.of(id), redeem(link.group(1)));
    }

    @Test
    void inThePlaceOfARevokedAnUnknownOrACodeNothingIsMailed() {
        String token = mailed("olga@example.org");
        links.revoke(OLGA, id, name(token)).join();
        for (String none : List.of(token, "A".repeat(43), "", code())) {
            links.again(none, "192.0.2.7");
        }
        String ofTrashed = mailed("olga@example.org");
        house.conversations.trash().delete(OLGA, id);
        links.again(ofTrashed, "192.0.2.8");
        mailing.runAll();
        assertEquals(2, mails.size());
    }

    @Test
    void oneAddressIsNotFloodedWithNewLinks() {
        String token = mailed("olga@example.org");
        for (int i = 0; i < 8; i++) {
            links.again(token, "192.0.2." + i);
        }
        mailing.runAll();
        assertEquals(5, mails.size());
    }

    @Test
    void whoeverWantsItIsMailedALinkEachTimeTheConversationIsPausedAlsoAfterARestart() {
        links.mailWhenIdle(OLGA, id, Optional.of("olga@example.org")).join();
        assertEquals(Optional.of("olga@example.org"), links.idleMail(OLGA, id));
        pause();
        assertEquals(new MailAddress("olga@example.org"), mails.get(0).to());
        pause();
        assertEquals(1, mails.size(), "once for each pause");
        house.conversations.resume(OLGA, id, false).join();
        pause();
        assertEquals(2, mails.size());

        links.mailWhenIdle(OLGA, id, Optional.empty()).join();
        assertEquals(Optional.empty(), links.idleMail(OLGA, id));
        house.conversations.resume(OLGA, id, false).join();
        pause();
        assertEquals(2, mails.size());
    }

    private void pause() {
        house.pass(House.TIMES.pause());
        house.pass(Duration.ofSeconds(1));
        mailing.runAll();
    }

    @Test
    void whatIsMailedWhenIdleIsEverybodysOwnAffair() {
        redeem(mailed("olga@example.org"));
        links.mailWhenIdle(PAUL, id, Optional.of("paul@example.org")).join();
        assertEquals(Optional.empty(), links.idleMail(OLGA, id));
        assertThrows(MailNotSentException.class, () -> links.mailWhenIdle(OLGA, id, Optional.of("nobody")));
        pause();
        assertEquals(new MailAddress("paul@example.org"), mails.get(1).to());
        links.revoke(
                OLGA,
                id,
                links.given(OLGA, id).stream()
                        .filter(link -> link.browsers() == 1)
                        .findFirst()
                        .orElseThrow()
                        .name());
        house.conversations.resume(OLGA, id, false).join();
        pause();
        assertEquals(2, mails.size(), "who may not open it any more is not mailed a link to it");
        assertThrows(NoSuchConversationException.class, () -> links.idleMail(PAUL, id));
    }

    @Test
    void someoneElsesLinksAreLikeNone() {
        String token = mailed("olga@example.org");
        assertThrows(NoSuchConversationException.class, () -> links.given(PAUL, id));
        assertThrows(NoSuchConversationException.class, () -> links.revoke(PAUL, id, name(token)));
        assertEquals(1, links.given(OLGA, id).size());
    }

    @Test
    void aCodeIsReadHoweverItIsTyped() {
        String code = code();
        String typed = code.toLowerCase(Locale.ROOT)
                .replace('0', 'O')
                .replaceFirst("1", "l")
                .replace('1', 'i')
                .replace("-", " - ");
        assertEquals(Optional.of(id), redeem(" " + typed + "\n"));
        assertTrue(paulMay());
    }

    @Test
    void theCodeOnShowStaysTheSameUntilARestartAndThenANewOneReplacesIt() {
        ResumeLinks.ResumeCode shown = links.code(OLGA, id).join();
        assertEquals(URI.create("https://chat.example.org/x/resume"), shown.url());
        assertEquals(shown, links.code(OLGA, id).join());
        House again = house.afterCrash();
        ResumeLinks restarted = new ResumeLinks(
                again.access,
                again.conversations,
                mails(again),
                () -> publicUrl,
                TTL,
                again.clock,
                again.clock::nanos,
                new Random(19));
        String next = restarted.code(OLGA, id).join().code();
        assertNotEquals(shown.code(), next);
        assertEquals(
                Optional.empty(),
                restarted.redeem(shown.code(), PAUL, "192.0.2.7").join());
        assertEquals(Optional.of(id), restarted.redeem(next, PAUL, "192.0.2.7").join());
    }

    @Test
    void theOwnersOwnLinkGivesNoGrant() {
        String token = mailed("olga@example.org");
        assertEquals(Optional.of(id), links.redeem(token, OLGA, "192.0.2.7").join());
        assertFalse(house.everythingOnDisk().contains("\"_type\":\"grant\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "0000-0000-0000-0000", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoLinkOrCodeOpensNothing(String secret) {
        assertEquals(Optional.empty(), redeem(secret));
        assertFalse(paulMay());
    }

    @Test
    void someoneElsesConversationGetsNoLink() {
        assertThrows(NoSuchConversationException.class, () -> links.mail(PAUL, id, "paul@example.org"));
        assertThrows(NoSuchConversationException.class, () -> links.code(PAUL, id));
        assertEquals(0, mailing.waiting());
    }

    @Test
    void withoutAPublicUrlNoLinkIsMade() {
        publicUrl = Optional.empty();
        assertFalse(links.possible());
        String sentence =
                "No link can be made: the setting public-url must say under which address people reach this page.";
        assertEquals(
                sentence,
                assertThrows(NoPublicUrlException.class, () -> links.mail(OLGA, id, "olga@example.org"))
                        .getMessage());
        assertEquals(
                sentence,
                assertThrows(NoPublicUrlException.class, () -> links.code(OLGA, id))
                        .getMessage());
        assertFalse(house.everythingOnDisk().contains("\"_type\":\"link\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "olga",
                "olga@",
                "@example.org",
                "a@b.org,c@d.org",
                "olga@example.org\r\nBcc: x@y.org",
                "a b@c.org"
            })
    void anAddressThatIsNoneIsRefusedBeforeAnythingHappens(String address) {
        MailNotSentException refused = assertThrows(MailNotSentException.class, () -> links.mail(OLGA, id, address));
        assertTrue(refused.addressRefused());
        assertFalse(refused.getMessage().contains("Bcc"));
        assertEquals(0, mailing.waiting());
    }

    @Test
    void aMailThatCannotBeSentIsSaidInASentence() {
        mailer = new MailFolder(
                new MailComposer(new MailAddress("a@b.org"), "Holdfast", "b.org", house.clock, new Random(20)),
                (name, content) -> {
                    throw new IOException("disk full at /secret/path");
                });
        CompletableFuture<ResumeMails.Mailed> sent = links.mail(OLGA, id, "olga@example.org");
        mailing.runAll();
        CompletionException failure = assertThrows(CompletionException.class, sent::join);
        MailNotSentException said = assertInstanceOf(MailNotSentException.class, failure.getCause());
        assertFalse(said.addressRefused());
        assertEquals("The mail could not be written to its folder. Is the disk full or read-only?", said.getMessage());
    }

    @Test
    void aMailerThatThrowsLeavesNobodyWaiting() {
        mailer = mail -> {
            throw new IllegalStateException("a fault");
        };
        CompletableFuture<ResumeMails.Mailed> sent = links.mail(OLGA, id, "olga@example.org");
        mailing.runAll();
        assertThrows(CompletionException.class, sent::join);
    }

    @Test
    void aDiskThatFailsMeansThatNoMailIsSent() {
        house.disk.failOnceAt(1, "write");
        CompletableFuture<ResumeMails.Mailed> sent = links.mail(OLGA, id, "olga@example.org");
        mailing.runAll();
        assertThrows(CompletionException.class, sent::join);
        assertEquals(List.of(), mails);
    }

    @Test
    void oneAddressGetsFiveMailsAnHour() {
        for (int i = 0; i < 5; i++) {
            mailed(i % 2 == 0 ? "olga@example.org" : "olga@EXAMPLE.org");
        }
        TooManyAttemptsException refused =
                assertThrows(TooManyAttemptsException.class, () -> links.mail(OLGA, id, "Olga@example.org"));
        assertEquals(12 * 60, refused.retryAfterSeconds(), "an hour for five: one each twelve minutes");
        assertEquals("That was tried too often. Try again in 720 seconds.", refused.getMessage());
        mailed("another@example.org");
        house.clock.jump(Duration.ofDays(3));
        assertThrows(TooManyAttemptsException.class, () -> links.mail(OLGA, id, "olga@example.org"));
        house.clock.advance(Duration.ofMinutes(12));
        mailed("olga@example.org");
    }

    @Test
    void oneBrowserSendsTwentyMailsAnHour() {
        for (int i = 0; i < 20; i++) {
            mailed("olga" + i + "@example.org");
        }
        TooManyAttemptsException refused =
                assertThrows(TooManyAttemptsException.class, () -> links.mail(OLGA, id, "more@example.org"));
        assertEquals(180, refused.retryAfterSeconds());
        ConversationId pauls = house.begin(PAUL, "Hello");
        links.mail(PAUL, pauls, "paul@example.org");
    }

    @Test
    void oneNetworkAddressTriesTenCodesInTenMinutes() {
        String code = code();
        for (int i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), redeem("0000-0000-0000-000" + i));
        }
        TooManyAttemptsException refused = assertThrows(TooManyAttemptsException.class, () -> redeem(code));
        assertEquals(60, refused.retryAfterSeconds());
        assertFalse(paulMay(), "the right code, but too late");
        String token = mailed("olga@example.org");
        assertEquals(Optional.of(id), redeem(token), "nobody guesses a link, so links are not limited");
        assertEquals(Optional.of(id), links.redeem(code, PAUL, "192.0.2.99").join());
        house.clock.advance(Duration.ofMinutes(1));
        assertEquals(Optional.of(id), redeem(code));
    }

    @Test
    void theOperatorPrintsALinkThatIsListedAndCanBeRevoked() {
        ResumeLinks.Printed printed = links.print(id).join();
        assertEquals(house.clock.instant().plus(TTL), printed.expires());
        String token = printed.url().toString().replaceFirst("https://chat\\.example\\.org/x/resume/", "");
        assertEquals(Optional.of(id), redeem(token));
        assertTrue(paulMay());
        ResumeLinks.GivenLink given = links.given(OLGA, id).get(0);
        assertEquals("printed", given.kind());
        assertEquals(1, given.browsers());
        links.revoke(OLGA, id, given.name()).join();
        assertFalse(paulMay());
    }

    @Test
    void theOperatorPrintsNoLinkToWhatIsNotThere() {
        house.conversations.trash().delete(OLGA, id);
        assertThrows(NoSuchConversationException.class, () -> links.print(id));
        assertThrows(
                NoSuchConversationException.class, () -> links.print(new ConversationId("01aaaaaaaaaaaaaaaaaaaaaaaa")));
    }

    @Test
    void whoEndsMailsGetsNoMoreOfThemAboutThisConversation() {
        ConversationId other = house.begin(OLGA, "Another");
        String token = mailed("Olga@example.org");
        links.mailWhenIdle(OLGA, id, Optional.of("olga@example.org")).join();
        house.clock.advance(TTL.plusSeconds(1));

        links.unsubscribe(token).join();

        for (House now : List.of(house, house.afterCrash())) {
            ResumeLinks ours = now == house ? links : links(now);
            assertEquals(Optional.empty(), ours.idleMail(OLGA, id));
            MailNotSentException refused =
                    assertThrows(MailNotSentException.class, () -> ours.mail(OLGA, id, "olga@EXAMPLE.org"));
            assertTrue(refused.addressRefused());
            ours.again(token, "192.0.2.7");
            mailing.runAll();
            assertEquals(1, mails.size());
        }
        links.mail(OLGA, other, "olga@example.org");
        mailing.runAll();
        assertEquals(2, mails.size(), "about another one");
    }

    @Test
    void whatNeverWasEndsNothing() {
        links.unsubscribe("A".repeat(43)).join();
        links.unsubscribe("x").join();
        links.unsubscribe(code()).join();
        mailed("olga@example.org");
    }

    @Test
    void theMailSaysHowToEndThem() {
        String token = mailed("olga@example.org");
        assertEquals(
                Optional.of(URI.create("https://chat.example.org/x/unsubscribe/" + token)),
                mails.get(0).unsubscribe());
    }

    /** It was in use when the process ended, and nobody opens it again. */
    @Test
    void idleMailsAreSentAlsoIfTheProcessEndedMeanwhile() {
        links.mailWhenIdle(OLGA, id, Optional.of("olga@example.org")).join();
        House after = house.afterCrash();
        links(after);
        after.conversations.watchForIdleMails();
        after.pass(Duration.ofMinutes(29));
        mailing.runAll();
        assertEquals(0, mails.size());
        after.pass(Duration.ofMinutes(1));
        mailing.runAll();
        assertEquals(1, mails.size());
        House again = after.afterCrash();
        links(again);
        again.conversations.watchForIdleMails();
        again.pass(Duration.ofHours(1));
        mailing.runAll();
        assertEquals(1, mails.size(), "once");
    }
}
