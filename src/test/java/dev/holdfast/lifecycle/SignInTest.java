package dev.holdfast.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.lifecycle.SignIn.OpenBrowser;
import dev.holdfast.mail.Mail;
import dev.holdfast.mail.Mailer;
import dev.holdfast.store.KeptAs;
import dev.holdfast.store.SignIns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in by a mailed link, by a clock and a mailer that are moved by hand. */
class SignInTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final Pattern LINK = Pattern.compile("https://chat\\.example\\.org/sign-in/([A-Za-z0-9_-]{43})\\s");
    private static final Duration TTL = Duration.ofDays(30);
    private static final String FROM = "192.0.2.7";

    private final MemoryDisk memory = new MemoryDisk();
    private final HandClock clock = new HandClock();
    private final HandExecutor mailing = new HandExecutor();
    private final List<Mail> mails = new ArrayList<>();
    private final Identity identity = new Identity(new Random(31));
    private Mailer mailer = mails::add;
    private Optional<URI> publicUrl = Optional.of(URI.create("https://chat.example.org"));
    private SignIn signIn = signIn(memory);

    private SignIn signIn(Disk of) {
        Mailer ours = mail -> mailer.send(mail);
        try {
            return new SignIn(
                    SignIns.open(of, DATA, KeptAs.PLAIN.storage()),
                    identity,
                    new AllowList(List.of("Olga@example.org", "@example.com")),
                    ours,
                    mailing,
                    () -> publicUrl,
                    TTL,
                    clock,
                    clock::nanos,
                    new Random(32));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files() {
        return memory.list(DATA.resolve("people").resolve("signins"));
    }

    /** The token of the link that is mailed. */
    private String mailed(String address) {
        signIn.ask(address, "/c/01aaaaaaaaaaaaaaaaaaaaaaaa", FROM);
        mailing.runAll();
        Matcher link = LINK.matcher(mails.get(mails.size() - 1).text());
        assertTrue(link.find(), mails.get(mails.size() - 1).text());
        return link.group(1);
    }

    private Owner entered(String token) {
        String secret = signIn.enter(token, Optional.empty(), "").orElseThrow().secret();
        return identity.owner(secret).orElseThrow();
    }

    @Test
    void theLinkSignsInTheBrowserThatUsesIt() {
        String token = mailed("olga@EXAMPLE.org");
        assertEquals("olga@example.org", mails.get(0).to().value());
        assertEquals(Optional.of("olga@example.org"), signIn.addressee(token));

        SignIn.Entered entered = signIn.enter(token, Optional.empty(), "").orElseThrow();

        assertEquals("/c/01aaaaaaaaaaaaaaaaaaaaaaaa", entered.path());
        Owner browser = identity.owner(entered.secret()).orElseThrow();
        assertEquals(Optional.of(new Owner("mail:olga@example.org")), signIn.person(browser));
        assertEquals(Optional.empty(), signIn.person(identity.issue().owner()), "no other browser");
    }

    @Test
    void theLinkWorksOnce() {
        String token = mailed("olga@example.org");
        assertTrue(signIn.enter(token, Optional.empty(), "").isPresent());
        assertEquals(Optional.empty(), signIn.enter(token, Optional.empty(), ""));
        assertEquals(Optional.empty(), signIn.addressee(token));
    }

    @ParameterizedTest
    @CsvSource({"599, true", "600, false"})
    void theLinkWorksTenMinutes(int seconds, boolean works) {
        String token = mailed("olga@example.org");
        clock.advance(Duration.ofSeconds(seconds));
        assertEquals(works, signIn.addressee(token).isPresent());
        assertEquals(works, signIn.enter(token, Optional.empty(), "").isPresent());
    }

    @Test
    void linkAndSignInSurviveAPowerCut() {
        String token = mailed("olga@example.org");
        MemoryDisk after = memory.crash(3);
        signIn = signIn(after);
        Owner browser = entered(token);
        signIn = signIn(after.crash(4));
        assertTrue(signIn.person(browser).isPresent());
        assertEquals(Optional.empty(), signIn.enter(token, Optional.empty(), ""), "nor does it work again");
    }

    /** Whatever the disk refuses: one browser at most is signed in by it, and what says that it is, is. */
    @Test
    void aLinkIsNeverUsedTwiceWhateverTheDiskRefuses() {
        String token = mailed("olga@example.org");
        MemoryDisk mailed = memory.killed();
        int refused = 0;
        for (int fail = 1; ; fail++) {
            MemoryDisk now = mailed.killed();
            FailingDisk failing = new FailingDisk(now);
            signIn = signIn(failing);
            failing.failOnceAt(fail);
            try {
                Owner browser = entered(token);
                assertTrue(signIn.person(browser).isPresent());
                assertEquals(Optional.empty(), signIn.enter(token, Optional.empty(), ""));
                if (failing.operations() < fail) {
                    break;
                }
            } catch (UncheckedIOException e) {
                refused++;
                signIn = signIn(now.crash(fail));
                Optional<SignIn.Entered> again = signIn.enter(token, Optional.empty(), "");
                assertEquals(
                        Optional.empty(), signIn.enter(token, Optional.empty(), ""), "twice, after operation " + fail);
                again.ifPresent(entered -> assertTrue(
                        signIn.person(identity.owner(entered.secret()).orElseThrow())
                                .isPresent()));
            }
        }
        assertTrue(refused > 5, refused + " refusals");
    }

    @ParameterizedTest
    @CsvSource({"2591999, true", "2592000, false"})
    void aBrowserStaysSignedInForAsLongAsIsSet(long seconds, boolean still) {
        Owner browser = entered(mailed("olga@example.org"));
        clock.advance(Duration.ofSeconds(seconds));
        assertEquals(still, signIn.person(browser).isPresent());
    }

    @Test
    void signingOutEndsItForThisBrowserOnly() {
        Owner desk = entered(mailed("olga@example.org"));
        Owner phone = entered(mailed("olga@example.org"));
        signIn.leave(desk);
        assertEquals(Optional.empty(), signIn.person(desk));
        assertTrue(signIn.person(phone).isPresent());
        signIn = signIn(memory.crash(5));
        assertEquals(Optional.empty(), signIn.person(desk));
    }

    private Owner entered(String address, String called) {
        String secret = signIn.enter(mailed(address), Optional.empty(), called)
                .orElseThrow()
                .secret();
        return identity.owner(secret).orElseThrow();
    }

    private List<String> called(Owner browser) {
        return signIn.browsers(browser).stream().map(OpenBrowser::called).toList();
    }

    private String name(Owner browser, String called) {
        return signIn.browsers(browser).stream()
                .filter(one -> one.called().equals(called))
                .findAny()
                .orElseThrow()
                .name();
    }

    @Test
    void aPersonsBrowsersAreToldTheNewestFirstForAsLongAsTheyAreSignedIn() {
        Owner desk = entered("olga@example.org", "desk");
        Instant first = clock.instant();
        clock.advance(Duration.ofDays(1));
        Owner phone = entered("Olga@example.org", "phone");
        entered("anna@example.com", "Anna's");

        List<OpenBrowser> browsers = signIn.browsers(desk);

        String name = name(desk, "desk");
        assertEquals(List.of("phone", "desk"), called(desk));
        assertEquals(new OpenBrowser(name, "desk", first, first.plus(TTL), true), browsers.get(1));
        assertFalse(browsers.get(0).asking());
        assertEquals(name, name(phone, "desk"), "the same to both");
        signIn = signIn(memory.crash(8));
        assertEquals(browsers, signIn.browsers(desk));
        clock.advance(TTL.minusDays(1));
        assertEquals(List.of("phone"), called(phone), "the other has ended");
        assertFalse(signIn.end(phone, name));
        assertEquals(List.of(), called(desk));
    }

    @Test
    void aBrowserIsSignedOutFromAnother() {
        Owner desk = entered("olga@example.org", "desk");
        Owner phone = entered("olga@example.org", "phone");
        Owner tablet = entered("olga@example.org", "tablet");
        String name = name(desk, "phone");

        assertTrue(signIn.end(desk, name));

        assertEquals(Optional.empty(), signIn.person(phone));
        assertEquals(List.of(), signIn.browsers(phone));
        assertTrue(signIn.person(tablet).isPresent());
        assertFalse(signIn.end(desk, name), "once");
        assertFalse(signIn.end(phone, name(desk, "tablet")), "nor can whoever is out end another");
        signIn = signIn(memory.crash(9));
        assertEquals(Optional.empty(), signIn.person(phone));
        assertEquals(Set.of("desk", "tablet"), Set.copyOf(called(desk)));
    }

    @Test
    void nobodySignsSomebodyElseOut() {
        Owner olga = entered("olga@example.org", "Olga's");
        Owner anna = entered("anna@example.com", "Anna's");
        for (String name : List.of(name(olga, "Olga's"), Identity.hash(olga), "", "0")) {
            assertFalse(signIn.end(anna, name));
        }
        signIn.endOthers(anna);
        assertTrue(signIn.person(olga).isPresent());
        assertTrue(signIn.person(anna).isPresent());
        assertTrue(signIn.end(olga, name(olga, "Olga's")), "herself she may");
    }

    @Test
    void allOthersAreSignedOutAtOnce() {
        Owner desk = entered("olga@example.org", "desk");
        Owner phone = entered("olga@example.org", "phone");
        Owner tablet = entered("olga@example.org", "tablet");
        signIn.endOthers(desk);
        signIn = signIn(memory.crash(10));
        assertEquals(List.of("desk"), called(desk));
        assertEquals(Optional.empty(), signIn.person(phone));
        signIn.endOthers(tablet);
        assertTrue(signIn.person(desk).isPresent(), "whoever is out ends nothing");
    }

    @Test
    void theBrowserGetsANewSecret() {
        Identity.Issued planted = identity.issue();
        String secret = signIn.enter(mailed("olga@example.org"), Optional.of(planted.owner()), "")
                .orElseThrow()
                .secret();
        assertNotEquals(planted.secret(), secret);
        assertEquals(Optional.empty(), signIn.person(planted.owner()), "whoever planted it is not signed in with it");
    }

    @Test
    void whoSignsInAgainIsSignedInOnce() {
        Owner before = identity.issue().owner();
        Owner first = identity.owner(signIn.enter(mailed("olga@example.org"), Optional.of(before), "")
                        .orElseThrow()
                        .secret())
                .orElseThrow();
        Owner second = identity.owner(signIn.enter(mailed("olga@example.org"), Optional.of(first), "")
                        .orElseThrow()
                        .secret())
                .orElseThrow();
        assertEquals(Optional.empty(), signIn.person(first), "whoever has the old secret is out");
        assertTrue(signIn.person(second).isPresent());
        assertEquals(Optional.of(before), signIn.before(second), "what is not decided is asked again");
        assertEquals(Optional.empty(), signIn(memory.crash(7)).person(first));
    }

    @Test
    void whoItWasBeforeIsAskedOnce() {
        Owner before = identity.issue().owner();
        String secret = signIn.enter(mailed("olga@example.org"), Optional.of(before), "")
                .orElseThrow()
                .secret();
        Owner browser = identity.owner(secret).orElseThrow();
        assertEquals(Optional.of(before), signIn.before(browser));
        signIn.decided(browser);
        assertEquals(Optional.empty(), signIn.before(browser));
        assertTrue(signIn.person(browser).isPresent());
        assertEquals(Optional.empty(), signIn(memory.crash(6)).before(browser));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eve@example.org", "olga@example.com.evil.org", "olga@sub.example.com", "olga@example.co"})
    void nothingIsMailedToWhomIsNotAllowed(String address) {
        signIn.ask(address, "/", FROM);
        mailing.runAll();
        assertEquals(List.of(), mails);
        assertEquals(List.of(), files(), "nor kept");
    }

    @Test
    void everybodyOfAnAllowedDomainMaySignIn() {
        assertEquals(
                Optional.of(new Owner("mail:anna.b@example.com")),
                signIn.person(entered(mailed("Anna.B@Example.com"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "olga", "olga@example.org\r\nBcc: eve@example.org", "olga@example.org,eve@example.org"})
    void whatIsNoAddressIsRefused(String address) {
        assertThrows(MailNotSentException.class, () -> signIn.ask(address, "/", FROM));
        assertEquals(List.of(), mails);
    }

    /** So that nobody learns from the limit who may sign in. */
    @ParameterizedTest
    @ValueSource(strings = {"olga@example.org", "eve@example.org"})
    void mailsToOneAddressAreLimitedWhetherItIsAllowedOrNot(String address) {
        for (int i = 0; i < 5; i++) {
            signIn.ask(address, "/", "192.0.2." + i);
        }
        assertThrows(TooManyAttemptsException.class, () -> signIn.ask(address, "/", FROM));
        clock.advance(Duration.ofHours(1));
        signIn.ask(address, "/", FROM);
    }

    @Test
    void oneAskerIsLimited() {
        for (int i = 0; i < 20; i++) {
            signIn.ask("anna" + i + "@example.com", "/", FROM);
        }
        assertThrows(TooManyAttemptsException.class, () -> signIn.ask("olga@example.org", "/", FROM));
        signIn.ask("olga@example.org", "/", "192.0.2.8");
    }

    /** Else whoever is told so would know that the address may sign in. */
    @Test
    void thatTooManyWereMailedInAllNobodyHears() {
        for (int i = 0; i < 203; i++) {
            signIn.ask("anna" + i + "@example.com", "/", "192.0.2." + i);
        }
        mailing.runAll();
        assertEquals(200, mails.size());
        clock.advance(Duration.ofHours(1));
        signIn.ask("olga@example.org", "/", FROM);
        mailing.runAll();
        assertEquals(201, mails.size());
    }

    @Test
    void withoutAnAddressOfItsOwnThereIsNoLink() {
        publicUrl = Optional.empty();
        assertThrows(NoPublicUrlException.class, () -> signIn.ask("olga@example.org", "/", FROM));
    }

    @Test
    void aMailServerThatIsAwayIsNoFaultOfTheOneWhoAsked() {
        mailer = mail -> {
            throw new IllegalStateException("away");
        };
        signIn.ask("olga@example.org", "/", FROM);
        mailing.runAll();
        mailer = mails::add;
        assertTrue(signIn.person(entered(mailed("olga@example.org"))).isPresent());
    }

    @Test
    void neitherTokenNorSecretIsOnTheDiskNorIsWhatHasEnded() {
        String token = mailed("olga@example.org");
        String secret = signIn.enter(token, Optional.empty(), "").orElseThrow().secret();
        String unused = mailed("olga@example.org");
        String all = files().stream()
                .map(file -> new String(memory.bytes(file), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        assertTrue(all.contains("mail:olga@example.org"), "the search would find it");
        for (String hidden : List.of(token, secret, unused)) {
            assertFalse(all.contains(hidden));
        }
        clock.advance(TTL.plusSeconds(1));
        mailed("anna@example.com");
        assertEquals(1, files().size(), "only the newest link");
    }

    @Test
    void whatIsDamagedSignsNobodyIn() {
        Owner browser = entered(mailed("olga@example.org"));
        Path file = files().get(0);
        memory.put(file, "{\"_type\":\"signed_in\",\"as\":".getBytes(StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), signIn(memory).person(browser));
    }
}
