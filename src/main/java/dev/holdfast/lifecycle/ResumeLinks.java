package dev.holdfast.lifecycle;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.mail.MailAddress;
import dev.holdfast.protect.Secret;
import dev.holdfast.store.Access;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways back into a conversation: a link by mail, a code to type. Each opens one conversation, for a while, to whoever
 * has it; what it gives a browser is a grant, which outlives it. Thread-safe.
 */
public final class ResumeLinks {
    /**
     * A code that a page shows.
     *
     * @param code to be typed, in groups of four
     * @param url the page to type it into
     */
    public record ResumeCode(String code, URI url, Instant expires) {}

    /**
     * A link or code that was given.
     *
     * @param name by which it can be revoked; opens nothing
     * @param kind {@code mail}, {@code code} or, by the operator's terminal, {@code printed}
     * @param to the address that it was mailed to; empty if it was not
     * @param usable whether it opens the conversation to another browser: it has not expired, and is no code that was
     *     replaced
     * @param browsers how many browsers it has opened the conversation to that still may
     */
    public record GivenLink(
            String name,
            String kind,
            Optional<String> to,
            Instant created,
            Instant expires,
            boolean usable,
            int browsers) {}

    /** A link for the operator to hand on. */
    public record Printed(URI url, Instant expires) {}

    private record OnShow(ResumeCode code, String hash) {}

    private record Holder(Owner owner, ConversationId conversation) {}

    private static final Logger LOG = LoggerFactory.getLogger(ResumeLinks.class);

    private static final int CODES_REMEMBERED = 10_000;
    private static final int NAME_LENGTH = 16;
    private static final String ALL = "all";

    private final Access access;
    private final Conversations conversations;
    private final ResumeMails mails;
    private final Supplier<Optional<URI>> publicUrl;
    private final Duration ttl;
    private final Clock clock;
    private final RandomGenerator random;
    private final Fence mailsToOneAddress;
    private final Fence mailsOfOneOwner;
    private final Fence mailsInAll;
    private final Fence triesOfOneAddress;
    private final Fence triesInAll;
    /** Codes on show, so that a reload shows the same one; only their hashes are on disk. */
    private final Recent<Holder, OnShow> shown = new Recent<>(CODES_REMEMBERED);

    /**
     * @param publicUrl what links begin with; empty if it is not known, and then no link is made
     * @param nanos a monotonic clock, as {@link System#nanoTime}, for limits
     */
    public ResumeLinks(
            Access access,
            Conversations conversations,
            ResumeMails mails,
            Supplier<Optional<URI>> publicUrl,
            Duration ttl,
            Clock clock,
            LongSupplier nanos,
            RandomGenerator random) {
        this.access = access;
        this.conversations = conversations;
        this.mails = mails;
        this.publicUrl = publicUrl;
        this.ttl = ttl;
        this.clock = clock;
        this.random = random;
        this.mailsToOneAddress = new Fence(5, Duration.ofHours(1), nanos);
        this.mailsOfOneOwner = new Fence(20, Duration.ofHours(1), nanos);
        this.mailsInAll = new Fence(200, Duration.ofHours(1), nanos);
        this.triesOfOneAddress = new Fence(10, Duration.ofMinutes(10), nanos);
        this.triesInAll = new Fence(1000, Duration.ofHours(1), nanos);
        conversations.onPause(this::paused);
    }

    /**
     * Mails a link to {@code address}. A mail server that is not to be had just now is asked again, also after a restart.
     *
     * @return completes once the mail server has taken the mail or it is known that it will be tried again; fails with a
     *     {@link MailNotSentException}
     * @throws MailNotSentException if the address is none
     * @throws TooManyAttemptsException if too many mails were asked for
     * @throws NoPublicUrlException if it is not known under which address people reach this page
     */
    public CompletableFuture<ResumeMails.Mailed> mail(Owner owner, ConversationId id, String address) {
        conversations.check(owner, id);
        base();
        MailAddress to = MailNotSentException.address(address);
        if (access.unwanted(id, to.value())) {
            throw new MailNotSentException(
                    "Whoever reads mail there wants none about this conversation, and has said so.", true);
        }
        mailsToOneAddress.pass(to.value().toLowerCase(Locale.ROOT));
        mailsOfOneOwner.pass(owner.name());
        mailsInAll.pass(ALL);
        return mails.send(owner, id, to);
    }

    /**
     * From now on a link is mailed to {@code address} whenever the conversation is paused. Completes when that is on disk.
     *
     * @param address empty: no longer
     * @throws MailNotSentException if the address is none
     */
    public CompletableFuture<Void> mailWhenIdle(Owner owner, ConversationId id, Optional<String> address) {
        conversations.check(owner, id);
        Optional<String> to = address.map(MailNotSentException::address).map(MailAddress::value);
        return access.mailWhenIdle(id, owner, to, clock.instant());
    }

    /** Where a link is mailed to when the conversation is paused; empty if nowhere. */
    public Optional<String> idleMail(Owner owner, ConversationId id) {
        conversations.check(owner, id);
        return Optional.ofNullable(access.idleMails(id).get(owner));
    }

    private void paused(ConversationId id) {
        access.idleMails(id).forEach((owner, address) -> {
            try {
                mail(owner, id, address);
            } catch (NoSuchConversationException
                    | MailNotSentException
                    | TooManyAttemptsException
                    | NoPublicUrlException e) {
                LOG.warn("No link was mailed when conversation {} was paused: {}", id, e.getMessage());
            }
        });
    }

    /** Whether mails reach people; if not, whoever asked for one needs a code to carry on. */
    public boolean mailsArrive() {
        return mails.arrive();
    }

    /**
     * A code for this conversation: the one that is on show, or a new one in the place of the old.
     *
     * @throws NoPublicUrlException if it is not known under which address people reach this page
     */
    public CompletableFuture<ResumeCode> code(Owner owner, ConversationId id) {
        conversations.check(owner, id);
        Holder holder = new Holder(owner, id);
        OnShow before = shown.get(holder);
        if (before != null && usable(before.hash()).isPresent()) {
            return CompletableFuture.completedFuture(before.code());
        }
        Secret code = Secret.createCode(random);
        Instant expires = clock.instant().plus(ttl);
        ResumeCode made = new ResumeCode(code.revealGrouped(), URI.create(base() + "/resume"), expires);
        Access.Link link =
                new Access.Link(code.hash(), Access.Kind.CODE, id, owner, Optional.empty(), clock.instant(), expires);
        return access.add(link).thenApply(added -> {
            shown.put(holder, new OnShow(made, code.hash()));
            return made;
        });
    }

    /**
     * A link for the operator to hand on to somebody whose browser has lost its cookie.
     *
     * @return completes once the link can be used
     * @throws NoSuchConversationException if there is none, or it is in the trash
     * @throws NoPublicUrlException if it is not known under which address people reach this page
     */
    public CompletableFuture<Printed> print(ConversationId id) {
        if (conversations.owner(id).isEmpty()) {
            throw new NoSuchConversationException();
        }
        Secret token = Secret.createKey(random);
        Instant now = clock.instant();
        Printed printed = new Printed(URI.create(base() + "/resume/" + token.reveal()), now.plus(ttl));
        return access.add(new Access.Link(
                        token.hash(),
                        Access.Kind.PRINTED,
                        id,
                        Owner.OPERATOR,
                        Optional.empty(),
                        now,
                        printed.expires()))
                .thenApply(added -> printed);
    }

    private Optional<Access.Link> usable(String hash) {
        return access.link(hash).filter(link -> link.expiresAt().isAfter(clock.instant()));
    }

    /**
     * Mails a new link in the place of one that has expired, to the address that this one was mailed to. Whether there was
     * such a link nobody learns who has none: the method says nothing, and returns at once.
     *
     * @param from the asker's network address, for the limit
     * @throws TooManyAttemptsException if too many were asked for, whether they existed or not
     */
    public void again(String token, String from) {
        triesOfOneAddress.pass(from);
        triesInAll.pass(ALL);
        Optional<Access.Link> found = Secret.parseKey(token)
                .flatMap(secret -> access.link(secret.hash()))
                .filter(link -> conversations.mayOpen(link.by(), link.conversation()));
        if (found.isPresent() && found.get().to().isPresent()) {
            Access.Link link = found.get();
            try {
                mail(link.by(), link.conversation(), link.to().get());
            } catch (MailNotSentException | TooManyAttemptsException | NoPublicUrlException e) {
                LOG.info("A new link in the place of one that has expired was not mailed: {}", e.getMessage());
            }
        }
    }

    /**
     * No more mails about its conversation to where the link with {@code token} was mailed, however old it is. Completes
     * when that is on disk. Whether there was such a link nobody learns.
     */
    public CompletableFuture<Void> unsubscribe(String token) {
        Optional<Access.Link> mailed = Secret.parseKey(token)
                .flatMap(secret -> access.link(secret.hash()))
                .filter(link -> link.to().isPresent());
        return mailed.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : access.endMails(mailed.get(), clock.instant());
    }

    /**
     * The links and codes that lead to a conversation or have opened it to somebody, the newest first. Its owner sees all
     * of them; others see those that they gave themselves.
     */
    public List<GivenLink> given(Owner owner, ConversationId id) {
        return visible(owner, id)
                .map(given -> {
                    Access.Link link = given.link();
                    boolean usable = !given.replaced() && link.expiresAt().isAfter(clock.instant());
                    return new GivenLink(
                            name(link),
                            kind(link),
                            link.to(),
                            link.createdAt(),
                            link.expiresAt(),
                            usable,
                            given.browsers());
                })
                .filter(link -> link.usable() || link.browsers() > 0)
                .toList();
    }

    /** Mails with links to a conversation that are not sent yet or were given up: all for its owner, else one's own. */
    public List<ResumeMails.Unsent> unsent(Owner owner, ConversationId id) {
        conversations.check(owner, id);
        boolean all = conversations.owner(id).filter(owner::equals).isPresent();
        return mails.unsent(id, by -> all || by.equals(owner));
    }

    private Stream<Access.Given> visible(Owner owner, ConversationId id) {
        conversations.check(owner, id);
        boolean all = conversations.owner(id).filter(owner::equals).isPresent();
        return access.given(id).stream()
                .filter(given -> all || given.link().by().equals(owner));
    }

    private static String kind(Access.Link link) {
        return link.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String name(Access.Link link) {
        return link.hash().substring(0, NAME_LENGTH);
    }

    /**
     * Ends a link or code, and sends away whom it let in. Completes when that is on disk; does nothing if {@link #given}
     * has none of that name.
     */
    public CompletableFuture<Void> revoke(Owner owner, ConversationId id, String name) {
        Optional<String> hash = visible(owner, id)
                .map(Access.Given::link)
                .filter(link -> name(link).equals(name))
                .map(Access.Link::hash)
                .findFirst();
        return hash.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : access.revoke(hash.get(), clock.instant()).thenRun(() -> conversations.sendAway(id));
    }

    /** Whether links and codes can be made: it is known under which address people reach this page. */
    public boolean possible() {
        return publicUrl.get().isPresent();
    }

    private URI base() {
        return publicUrl.get().orElseThrow(NoPublicUrlException::new);
    }

    /**
     * Opens the conversation that a token or code stands for to {@code owner}.
     *
     * @param from the asker's network address, for the limit
     * @return completes with the conversation; with nothing if the secret is unknown, expired or revoked
     * @throws TooManyAttemptsException if too many were tried
     * @throws OtherRecipientException if {@code owner} is known by an address and the link was mailed to another
     */
    public CompletableFuture<Optional<ConversationId>> redeem(String tokenOrCode, Owner owner, String from) {
        Optional<Secret> secret = Secret.parseKey(tokenOrCode).or(() -> {
            triesOfOneAddress.pass(from);
            triesInAll.pass(ALL);
            return Secret.parseCode(tokenOrCode);
        });
        Optional<Access.Link> found = secret.flatMap(given -> usable(given.hash()));
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Access.Link link = found.get();
        if (isForSomebodyElse(link, owner)) {
            throw new OtherRecipientException();
        }
        Optional<ConversationId> id = Optional.of(link.conversation());
        return conversations.mayOpen(owner, link.conversation())
                ? CompletableFuture.completedFuture(id)
                : access.grant(link, owner, clock.instant()).thenApply(granted -> id);
    }

    private static boolean isForSomebodyElse(Access.Link link, Owner owner) {
        Optional<String> to = link.to().map(address -> address.toLowerCase(Locale.ROOT));
        return to.isPresent() && owner.address().isPresent() && !to.equals(owner.address());
    }
}
