package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static dev.holdfast.lifecycle.House.PAUL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.mail.Mail;
import dev.holdfast.mail.MailAddress;
import dev.holdfast.mail.MailException;
import dev.holdfast.mail.Mailer;
import dev.holdfast.mail.NotSent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Mails with links that wait for a mail server, whose moods and whose clock are moved by hand. */
class ResumeMailsTest {
    private static final Duration TTL = Duration.ofHours(48);
    private static final MailAddress ADDRESS = new MailAddress("olga@example.org");

    private House house = new House();
    private final ConversationId id = house.begin(OLGA, "Hello");
    private final List<Mail> taken = new ArrayList<>();
    private int tries;
    /** Null: it takes every mail. */
    private MailException mood = NotSent.passing("It is away.");

    private Runnable whileSending = () -> {};

    private final Mailer server = mail -> {
        tries++;
        whileSending.run();
        if (mood != null) {
            throw mood;
        }
        taken.add(mail);
    };
    private final HandExecutor mailing = new HandExecutor();
    private Optional<URI> publicUrl = Optional.of(URI.create("https://chat.example.org"));
    private ResumeMails mails = mails();

    private ResumeMails mails() {
        return new ResumeMails(
                house.access,
                house.conversations,
                house.outbox(),
                server,
                mailing,
                () -> publicUrl,
                TTL,
                house.clock,
                new Random(5));
    }

    private CompletableFuture<ResumeMails.Mailed> send() {
        CompletableFuture<ResumeMails.Mailed> mailed = mails.send(OLGA, id, ADDRESS);
        mailing.runAll();
        return mailed;
    }

    private void pass(Duration time) {
        house.clock.advance(time);
        mails.tick();
        mailing.runAll();
    }

    private List<ResumeMails.Unsent> unsent() {
        return mails.unsent(id, by -> true);
    }

    @Test
    void aMailThatIsTakenAtOnceLeavesNothingBehind() {
        mood = null;
        assertEquals(new ResumeMails.Mailed(HandClock.START.plus(TTL), Optional.empty()), send().join());
        assertEquals(1, taken.size());
        assertEquals(List.of(), unsent());
        pass(Duration.ofHours(1));
        assertEquals(1, tries);
    }

    @Test
    void aServerThatIsAwayIsAskedAgainAfterOneTwoFourMinutesUpToAnHour() {
        Instant asked = house.clock.instant();
        assertEquals(Optional.of("It is away."), send().join().trouble());
        for (int minutes : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            int before = tries;
            pass(Duration.ofMinutes(minutes).minusMillis(1));
            assertEquals(before, tries, minutes + " minutes");
            pass(Duration.ofMillis(1));
            assertEquals(before + 1, tries, minutes + " minutes");
        }
        assertEquals(asked, unsent().get(0).asked());
        mood = null;
        pass(Duration.ofHours(1));
        assertEquals(1, taken.size());
        assertEquals(List.of(), unsent());
    }

    @Test
    void eachTryHasALinkOfItsOwnThatWorksForItsWholeTime() {
        send();
        house.clock.advance(Duration.ofMinutes(1));
        Instant later = house.clock.instant();
        mood = null;
        pass(Duration.ZERO);
        assertEquals(2, house.access.given(id).size());
        assertEquals(later.plus(TTL), house.access.given(id).get(0).link().expiresAt());
    }

    @Test
    void aCrashWhileTheServerTakesTheMailMeansThatItIsSentAgain() {
        whileSending = () -> house = house.afterCrash();
        send();
        mails = mails();
        taken.clear(); // whether the server has taken it, the process does not know any more
        whileSending = () -> {};
        assertEquals(1, unsent().size());
        mood = null;
        pass(ResumeMails.FIRST_WAIT);
        assertEquals(1, taken.size());
        assertEquals(ADDRESS, taken.get(0).to());
        assertEquals(List.of(), unsent());
    }

    @Test
    void aRefusalIsSaidAtOnceAndNotTriedAgain() {
        mood = NotSent.refusedRecipient("Nobody there.");
        CompletableFuture<ResumeMails.Mailed> mailed = send();
        CompletionException failure = assertThrows(CompletionException.class, mailed::join);
        assertTrue(((MailNotSentException) failure.getCause()).addressRefused());
        assertEquals(List.of(), unsent());
        pass(Duration.ofHours(1));
        assertEquals(1, tries);
    }

    @Test
    void aRefusalOfALaterTryIsKeptForItsOwnerToSeeUntilTheLinkWouldHaveExpired() {
        send();
        mood = NotSent.refusedRecipient("Nobody there.");
        pass(Duration.ofMinutes(1));
        assertEquals(
                List.of(new ResumeMails.Unsent(
                        ADDRESS.value(), HandClock.START, Optional.empty(), Optional.of("Nobody there."))),
                unsent());
        pass(Duration.ofHours(1));
        assertEquals(2, tries);
        house = house.afterCrash();
        mails = mails();
        assertEquals(1, unsent().size());
        pass(TTL);
        assertEquals(List.of(), unsent());
        assertEquals(2, tries);
    }

    @Test
    void aServerThatStaysAwayIsGivenUpOn() {
        send();
        for (int hours = 0; hours < 47; hours++) {
            pass(Duration.ofHours(1));
        }
        int before = tries;
        assertEquals(Optional.empty(), unsent().get(0).nextTry());
        pass(Duration.ofHours(1));
        assertEquals(before, tries);
        pass(Duration.ofSeconds(1));
        assertEquals(List.of(), unsent());
    }

    @Test
    void whatIsAboutAConversationThatIsGoneIsNotSent() {
        send();
        house.conversations.trash().delete(OLGA, id);
        mood = null;
        pass(Duration.ofMinutes(1));
        assertEquals(List.of(), taken);
        assertEquals(List.of(), unsent());
    }

    @Test
    void oneSeesOnlyWhatIsOnesOwn() {
        send();
        assertEquals(1, mails.unsent(id, OLGA::equals).size());
        assertEquals(List.of(), mails.unsent(id, PAUL::equals));
        assertEquals(List.of(), mails.unsent(house.begin(OLGA, "Other"), by -> true));
    }

    @Test
    void aDiskThatTakesNothingMeansThatNothingIsMailed() {
        house.disk.failEvery("write");
        mood = null;
        assertThrows(CompletionException.class, send()::join);
        assertEquals(List.of(), taken);
        assertEquals(List.of(), unsent());
    }

    @Test
    void theLettersSayNothingThatOpensAConversation() {
        send();
        String disk = house.everythingOnDisk();
        assertTrue(disk.contains("\"trouble\":\"It is away.\""), "the search would find it");
        assertFalse(disk.contains("/resume/"), disk);
    }

    @Test
    void withoutAnAddressOfThePageItWaits() {
        send();
        publicUrl = Optional.empty();
        pass(Duration.ofMinutes(1));
        assertEquals(1, tries);
        publicUrl = Optional.of(URI.create("https://chat.example.org"));
        mood = null;
        pass(Duration.ZERO);
        assertEquals(1, taken.size());
    }

    @Test
    void aFaultOfTheProgramIsGivenUpOn() {
        Mailer faulty = mail -> {
            throw new IllegalStateException("a fault");
        };
        ResumeMails other = new ResumeMails(
                house.access,
                house.conversations,
                house.outbox(),
                faulty,
                mailing,
                () -> publicUrl,
                TTL,
                house.clock,
                new Random(5));
        CompletableFuture<ResumeMails.Mailed> mailed = other.send(OLGA, id, ADDRESS);
        mailing.runAll();
        assertThrows(CompletionException.class, mailed::join);
        assertEquals(List.of(), other.unsent(id, by -> true));
    }
}
