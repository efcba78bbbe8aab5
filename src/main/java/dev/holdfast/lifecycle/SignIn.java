package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Owner;
import dev.holdfast.mail.LinkMail;
import dev.holdfast.mail.MailAddress;
import dev.holdfast.mail.MailException;
import dev.holdfast.mail.Mailer;
import dev.holdfast.protect.Secret;
import dev.holdfast.protect.Sha256;
import dev.holdfast.store.SignIns;
import dev.holdfast.store.SignIns.Link;
import dev.holdfast.store.SignIns.SignedIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing in by a mailed link: whoever reads an address's mail is the address's person. The link works once and ten
 * minutes; what it signs in is the browser that presses the button behind it. Thread-safe.
 *
 * <p>Methods that say so wait for the disk.
 */
public final class SignIn {
    /** How long a link works. */
    public static final Duration LINK_TTL = Duration.ofMinutes(10);

    /**
     * A browser that has just been signed in.
     *
     * @param secret proves it from now on
     * @param path where the person was going
     */
    public record Entered(String secret, String path) {}

    /**
     * A browser in which a person is signed in.
     *
     * @param name by which that can be ended; proves nothing
     * @param called what it is called to tell it from others; empty if that is not known
     * @param asking whether it is the one that asks
     */
    public record OpenBrowser(String name, String called, Instant since, Instant until, boolean asking) {}

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    private static final String ALL = "all";
    private static final int NAME_LENGTH = 16;

    private final SignIns kept;
    private final Identity identity;
    private final AllowList allowed;
    private final Mailer mailer;
    private final Executor mailing;
    private final Supplier<Optional<URI>> publicUrl;
    private final Duration ttl;
    private final Clock clock;
    private final RandomGenerator random;
    private final Fence mailsToOneAddress;
    private final Fence asksOfOneNetwork;
    private final Fence mailsInAll;

    /**
     * @param mailing where mails are sent and links are kept; its tasks wait for the mail server
     * @param publicUrl what links begin with; empty if it is not known yet
     * @param ttl how long a browser stays signed in
     * @param nanos a monotonic clock, as {@link System#nanoTime}, for limits
     * @param random unpredictable; makes the tokens
     */
    public SignIn(
            SignIns kept,
            Identity identity,
            AllowList allowed,
            Mailer mailer,
            Executor mailing,
            Supplier<Optional<URI>> publicUrl,
            Duration ttl,
            Clock clock,
            LongSupplier nanos,
            RandomGenerator random) {
        this.kept = kept;
        this.identity = identity;
        this.allowed = allowed;
        this.mailer = mailer;
        this.mailing = mailing;
        this.publicUrl = publicUrl;
        this.ttl = ttl;
        this.clock = clock;
        this.random = random;
        this.mailsToOneAddress = new Fence(5, Duration.ofHours(1), nanos);
        this.asksOfOneNetwork = new Fence(20, Duration.ofHours(1), nanos);
        this.mailsInAll = new Fence(200, Duration.ofHours(1), nanos);
    }

    /**
     * Mails a link to {@code address} if it may sign in. Whether it may, the one who asks does not learn: the method says
     * nothing and does not wait.
     *
     * @param path where the person was going
     * @param from the asker's network, for the limit
     * @throws MailNotSentException if the address is none
     * @throws TooManyAttemptsException if too many mails were asked for, whether they were sent or not
     * @throws NoPublicUrlException if it is not known under which address people reach this page
     */
    public void ask(String address, String path, String from) {
        MailAddress to = MailNotSentException.address(address);
        URI base = publicUrl.get().orElseThrow(NoPublicUrlException::new);
        asksOfOneNetwork.pass(from);
        mailsToOneAddress.pass(to.value().toLowerCase(Locale.ROOT));
        if (allowed.allows(to)) {
            mailing.execute(() -> mail(to, base, path));
        }
    }

    /** That too many were mailed in all is not for the one who asks to hear: nobody hears it who may not sign in. */
    private void mail(MailAddress to, URI base, String path) {
        Secret token = Secret.createKey(random);
        Link link = new Link(token.hash(), to.value(), clock.instant().plus(LINK_TTL), path);
        try {
            mailsInAll.pass(ALL);
            kept.tidy(clock.instant());
            kept.add(link);
            URI url = URI.create(base + "/sign-in/" + token.reveal());
            mailer.send(LinkMail.signIn("Holdfast", to, url, link.until()));
        } catch (TooManyAttemptsException e) {
            LOG.warn("A link to sign in with was not mailed: too many were, to all addresses together");
        } catch (IOException e) {
            LOG.error("A link to sign in with could not be kept and was not mailed: {}", e.toString());
        } catch (MailException e) {
            LOG.error("A link to sign in with was not mailed: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A link to sign in with was not mailed", e);
        }
    }

    /** To whom the link with {@code token} was mailed; empty if it is unknown, used or too old. */
    public Optional<String> addressee(String token) {
        return usable(token).map(Link::to);
    }

    private Optional<Link> usable(String token) {
        return Secret.parseKey(token)
                .flatMap(secret -> kept.link(secret.hash()))
                .filter(link -> link.until().isAfter(clock.instant()));
    }

    /**
     * Signs a browser in and gives it a new secret, for somebody else may know the one that it had; with that nobody is
     * signed in any more. Waits for the disk.
     *
     * @param before who the browser was until now
     * @param called what it is called to tell it from others; empty if that is not known
     * @return empty if the token is unknown, used or too old
     */
    public Optional<Entered> enter(String token, Optional<Owner> before, String called) {
        Optional<Link> link = usable(token);
        try {
            if (link.isEmpty() || !kept.use(link.get())) {
                return Optional.empty();
            }
            Identity.Issued browser = identity.issue();
            Optional<SignedIn> earlier = before.flatMap(this::signedIn);
            kept.keep(new SignedIn(
                    Identity.hash(browser.owner()),
                    Owner.ofAddress(link.get().to()),
                    clock.instant(),
                    clock.instant().plus(ttl),
                    earlier.isPresent() ? earlier.get().before() : before,
                    called));
            if (earlier.isPresent()) {
                kept.remove(earlier.get());
            }
            return Optional.of(new Entered(browser.secret(), link.get().path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As whom {@code browser} is signed in; empty if it is not, or no longer. */
    public Optional<Owner> person(Owner browser) {
        return signedIn(browser).map(SignedIn::as);
    }

    private Optional<SignedIn> signedIn(Owner browser) {
        return kept.browser(Identity.hash(browser)).filter(this::lasts);
    }

    /** Who {@code browser} was before it signed in, if nobody has decided yet what becomes of their conversations. */
    public Optional<Owner> before(Owner browser) {
        return signedIn(browser).flatMap(SignedIn::before);
    }

    /** That is decided. Waits for the disk. */
    public void decided(Owner browser) {
        signedIn(browser).ifPresent(found -> {
            try {
                kept.decided(found);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** {@code browser} is signed in no longer. Waits for the disk. */
    public void leave(Owner browser) {
        signedIn(browser).ifPresent(this::end);
    }

    /** Where the person of {@code browser} is signed in, the newest first; nowhere, if it is not signed in itself. */
    public List<OpenBrowser> browsers(Owner browser) {
        return ofSamePerson(browser)
                .sorted(Comparator.comparing(SignedIn::at).reversed().thenComparing(SignIn::name))
                .map(one -> new OpenBrowser(name(one), one.called(), one.at(), one.until(), is(one, browser)))
                .toList();
    }

    /**
     * The person of {@code browser} is signed in no longer in the browser that {@link OpenBrowser#name} names. Waits for
     * the disk.
     *
     * @return whether they were
     */
    public boolean end(Owner browser, String name) {
        Optional<SignedIn> named =
                ofSamePerson(browser).filter(one -> name(one).equals(name)).findAny();
        named.ifPresent(this::end);
        return named.isPresent();
    }

    /** The person of {@code browser} is signed in no longer anywhere else. Waits for the disk. */
    public void endOthers(Owner browser) {
        ofSamePerson(browser).filter(one -> !is(one, browser)).forEach(this::end);
    }

    private Stream<SignedIn> ofSamePerson(Owner browser) {
        return person(browser).stream()
                .flatMap(person -> kept.browsers(person).stream())
                .filter(this::lasts);
    }

    private boolean lasts(SignedIn browser) {
        return browser.until().isAfter(clock.instant());
    }

    private static boolean is(SignedIn found, Owner browser) {
        return found.browser().equals(Identity.hash(browser));
    }

    /** Neither the secret nor its hash can be told from it. */
    private static String name(SignedIn browser) {
        return Sha256.hex(browser.browser()).substring(0, NAME_LENGTH);
    }

    private void end(SignedIn browser) {
        try {
            kept.remove(browser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
