package dev.holdfast.lifecycle;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.mail.LinkMail;
import dev.holdfast.mail.Mail;
import dev.holdfast.mail.MailAddress;
import dev.holdfast.mail.MailException;
import dev.holdfast.mail.Mailer;
import dev.holdfast.protect.Secret;
import dev.holdfast.store.Access;
import dev.holdfast.store.Outbox;
import dev.holdfast.store.Outbox.Letter;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails resume links. What is asked for is in the outbox before the mail server hears of it, and stays there until the
 * server has taken the mail: after a failure that may pass it is tried again, a minute later, then two, four and so on up
 * to an hour, until the link would have expired. A process that ends between the last two steps mails twice. Thread-safe.
 *
 * <p>Where mails are not sent but written to a folder, they are written at once or not at all.
 */
public final class ResumeMails {
    /**
     * What became of a mail.
     *
     * @param expires when the link ends
     * @param trouble why it was not sent yet, a sentence; empty: the mail server has taken it
     */
    public record Mailed(Instant expires, Optional<String> trouble) {}

    /**
     * A mail that is not sent.
     *
     * @param to the address
     * @param nextTry when it is tried again; empty: it was given up
     * @param trouble why, a sentence; empty if the first try is under way
     */
    public record Unsent(String to, Instant asked, Optional<Instant> nextTry, Optional<String> trouble) {}

    static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ResumeMails.class);

    private final Access access;
    private final Conversations conversations;
    private final Outbox outbox;
    private final Mailer mailer;
    private final Executor mailing;
    private final Supplier<Optional<URI>> publicUrl;
    private final Duration ttl;
    private final Clock clock;
    private final RandomGenerator random;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /**
     * @param mailing where mails are sent and letters written; its tasks wait for the mail server
     * @param publicUrl what links begin with; empty if it is not known yet
     * @param ttl how long a link can be used
     * @param random unpredictable; makes the tokens
     */
    public ResumeMails(
            Access access,
            Conversations conversations,
            Outbox outbox,
            Mailer mailer,
            Executor mailing,
            Supplier<Optional<URI>> publicUrl,
            Duration ttl,
            Clock clock,
            RandomGenerator random) {
        this.access = access;
        this.conversations = conversations;
        this.outbox = outbox;
        this.mailer = mailer;
        this.mailing = mailing;
        this.publicUrl = publicUrl;
        this.ttl = ttl;
        this.clock = clock;
        this.random = random;
    }

    /** Whether mails are on their way to people, rather than only written to a folder. */
    boolean arrive() {
        return mailer.delivers();
    }

    /**
     * Mails a link.
     *
     * @return completes once the mail server has taken it or it waits in the outbox for another try; fails with a {@link
     *     MailNotSentException}, and then nothing more is tried
     */
    CompletableFuture<Mailed> send(Owner by, ConversationId conversation, MailAddress to) {
        CompletableFuture<Mailed> mailed = new CompletableFuture<>();
        mailing.execute(() -> {
            try {
                Instant now = clock.instant();
                Letter letter = outbox.add(conversation, by, to.value(), now, now.plus(FIRST_WAIT));
                underWay.add(letter.name());
                attempt(letter, mailed);
            } catch (IOException e) {
                LOG.error("A mail about conversation {} could not be kept: {}", conversation, e.toString());
                mailed.completeExceptionally(new MailNotSentException(
                        "The mail could not be kept and was not sent. Is the disk full or read-only?", false));
            } catch (RuntimeException e) {
                mailed.completeExceptionally(e);
            }
        });
        return mailed;
    }

    /** Tries again what is due. To be called every few seconds. */
    public void tick() {
        Instant now = clock.instant();
        for (Letter letter : outbox.letters()) {
            boolean old = letter.askedAt().plus(ttl).isBefore(now);
            boolean due = letter.nextTry().filter(next -> !next.isAfter(now)).isPresent();
            if ((old || due) && publicUrl.get().isPresent() && underWay.add(letter.name())) {
                mailing.execute(() -> again(letter, old));
            }
        }
    }

    private void again(Letter letter, boolean old) {
        boolean unwanted = access.unwanted(letter.conversation(), letter.to());
        if (old || unwanted || !conversations.mayOpen(letter.by(), letter.conversation())) {
            done(letter);
        } else {
            attempt(letter, new CompletableFuture<>());
        }
    }

    /** What is not sent yet, or was given up, of those who are asked for. The newest last. */
    List<Unsent> unsent(ConversationId conversation, Predicate<Owner> by) {
        return outbox.letters().stream()
                .filter(letter -> letter.conversation().equals(conversation) && by.test(letter.by()))
                .map(letter -> new Unsent(letter.to(), letter.askedAt(), letter.nextTry(), letter.trouble()))
                .toList();
    }

    /** A link of its own for each try: what the mail server did with the one before is not known. */
    private void attempt(Letter letter, CompletableFuture<Mailed> mailed) {
        Instant now = clock.instant();
        Instant expires = now.plus(ttl);
        Secret token = Secret.createKey(random);
        URI base = publicUrl.get().orElseThrow(NoPublicUrlException::new);
        URI url = URI.create(base + "/resume/" + token.reveal());
        Mail mail = LinkMail.resume("Holdfast", new MailAddress(letter.to()), url, expires)
                .endedBy(URI.create(base + "/unsubscribe/" + token.reveal()))
                .about(letter.conversation().value());
        access.add(new Access.Link(
                        token.hash(),
                        Access.Kind.MAIL,
                        letter.conversation(),
                        letter.by(),
                        Optional.of(letter.to()),
                        now,
                        expires))
                .whenCompleteAsync(
                        (added, failure) -> {
                            if (failure == null) {
                                post(letter, mail, expires, mailed);
                            } else {
                                later(letter, "The link could not be saved: the disk refused.", letter.tries() > 0);
                                mailed.completeExceptionally(failure);
                            }
                        },
                        mailing);
    }

    private void post(Letter letter, Mail mail, Instant expires, CompletableFuture<Mailed> mailed) {
        try {
            mailer.send(mail);
            done(letter);
            mailed.complete(new Mailed(expires, Optional.empty()));
        } catch (MailException e) {
            if (later(letter, e.getMessage(), e.passing() && arrive())) {
                mailed.complete(new Mailed(expires, Optional.of(e.getMessage())));
            } else {
                boolean refused = e.kind() == MailException.Kind.RECIPIENT_REFUSED;
                mailed.completeExceptionally(new MailNotSentException(e.getMessage(), refused));
            }
        } catch (RuntimeException e) {
            LOG.error("A mail about conversation {} was not sent", letter.conversation(), e);
            later(letter, "The program has a fault, and its log says where.", false);
            mailed.completeExceptionally(e);
        }
    }

    private void done(Letter letter) {
        try {
            outbox.remove(letter);
        } catch (IOException e) {
            LOG.error("A letter that is no longer wanted stays in the outbox: {}", e.toString());
        } finally {
            underWay.remove(letter.name());
        }
    }

    /**
     * Keeps a letter for another try. One that is hopeless is kept, too, for its owner to see, unless they are told at once.
     *
     * @return whether it is tried again
     */
    private boolean later(Letter letter, String why, boolean passing) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(letter.tries(), 10));
        Instant next = clock.instant().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        boolean waits = passing && next.isBefore(letter.askedAt().plus(ttl));
        if (!waits && letter.tries() == 0) {
            done(letter);
            return false;
        }
        try {
            outbox.keep(letter.failed(why, waits ? Optional.of(next) : Optional.empty()));
        } catch (IOException e) {
            LOG.error(
                    "That a letter is tried again could not be written down; a restart tries at once: {}",
                    e.toString());
        } finally {
            underWay.remove(letter.name());
        }
        return waits;
    }
}
