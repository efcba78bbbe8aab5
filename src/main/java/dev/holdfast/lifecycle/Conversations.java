package dev.holdfast.lifecycle;

import dev.holdfast.agent.LiveConversation;
import dev.holdfast.agent.TurnRunner;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.IdleState;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.MessageDroppedException;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Said;
import dev.holdfast.conversation.SavedDraft;
import dev.holdfast.conversation.SearchHit;
import dev.holdfast.conversation.Subscriber;
import dev.holdfast.protect.Redaction;
import dev.holdfast.protect.Redactor;
import dev.holdfast.store.Access;
import dev.holdfast.store.ConversationStore;
import dev.holdfast.store.StoredConversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversations, and what a person may do with those that are theirs or that a resume link opened to them. For all
 * others every method throws {@link NoSuchConversationException}. Thread-safe.
 *
 * <p>Methods that return a future never wait for a disk; the others may read the conversation's file once, when it is
 * not open yet, and throw an {@link UncheckedIOException} if that fails.
 */
public final class Conversations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

    /** So many that opening one conversation hardly ever waits for opening another. */
    private static final int BINS = 4096;

    private final ConversationStore store;
    private final Access access;
    private final TurnRunner turns;
    private final Redaction redaction;
    private final IdleWatch idle;
    private final Branches branches;
    private final ListFeed lists;
    private final Clock clock;
    private final Map<ConversationId, LiveConversation> live = new ConcurrentHashMap<>(BINS);
    /** Whoever begins to watch from now on is sent away at once. */
    private volatile boolean closing;

    /** Guards the step from looking for a channel key to creating it; a key always has the same guard. */
    private final Object[] creating = Stream.generate(Object::new).limit(64).toArray();

    private final Set<ConversationId> pausing = ConcurrentHashMap.newKeySet();

    /**
     * @param redaction what is taken out of everything that is said
     * @param nanos a monotonic clock, as {@link System#nanoTime}, for idleness
     */
    public Conversations(
            ConversationStore store,
            Access access,
            TurnRunner turns,
            Redaction redaction,
            IdleTimes times,
            Clock clock,
            LongSupplier nanos) {
        this.store = store;
        this.access = access;
        this.turns = turns;
        this.redaction = redaction;
        this.clock = clock;
        this.idle = new IdleWatch(times, nanos, this::pause);
        this.branches = new Branches(this, turns, idle, clock);
        this.lists = new ListFeed(access);
    }

    /** What people see as the author of replies. */
    public String modelName() {
        return turns.modelName();
    }

    /** Whether the built-in stand-in answers, which is no model. */
    public boolean offline() {
        return turns.offline();
    }

    /** Looks for idle conversations. To be called about every second. */
    public void tick() {
        idle.tick();
    }

    /** A new conversation; the same one again for a channel key that {@code owner} has used. */
    public ConversationId create(Owner owner, String channelKey) {
        synchronized (creating[Math.floorMod(Objects.hash(owner, channelKey), creating.length)]) {
            Optional<ConversationId> existing = store.find(owner, channelKey);
            if (existing.isPresent()) {
                return existing.get();
            }
            try {
                return store.create(owner, channelKey).id();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A new conversation on a channel that has one for each time it is used, such as the terminal. */
    public ConversationId createFor(Owner owner, String channel) {
        return create(owner, channel + ":" + Long.toString(clock.millis(), 36));
    }

    /** Whose conversation it is; for the operator, who may see all that is on the machine. Empty if there is none. */
    public Optional<Owner> owner(ConversationId id) {
        return store.find(id).map(Listing::owner);
    }

    /**
     * The person's own conversations and those opened to them in which something was said, the most recently active first.
     *
     * @param after the last one of the page before; empty, or none of theirs: the first page
     * @param limit most of them
     */
    public List<ListedConversation> list(Owner owner, Optional<ConversationId> after, int limit) {
        Optional<Listing> last = after.filter(id -> mayOpen(owner, id)).flatMap(store::find);
        return store.list(owner, access.grantedTo(owner), last, limit).stream()
                .map(listing -> new ListedConversation(listing, state(listing)))
                .toList();
    }

    /**
     * Tells {@code watcher} when something changes in what {@link #list} shows.
     *
     * @return ends the watching
     */
    public Runnable watchList(Owner owner, ListWatcher watcher) {
        return lists.watch(owner, watcher);
    }

    /** Looks for words in the conversations that {@link #list} shows; the best hits first. */
    public List<SearchHit> search(Owner owner, String query, int limit) {
        return store.search(owner, access.grantedTo(owner), query, limit);
    }

    /** The person's own conversations that are in the trash, the most recently active first. */
    public List<Listing> trash(Owner owner, int limit) {
        return store.trash(owner, limit);
    }

    /**
     * Moves one of the person's own conversations to the trash. A running reply is broken off; what has come is kept.
     *
     * @throws NoSuchConversationException unless it is theirs; one that a link opened to them is not
     */
    public void delete(Owner owner, ConversationId id) {
        store.find(id).filter(listing -> listing.owner().equals(owner)).orElseThrow(NoSuchConversationException::new);
        live.compute(id, (same, held) -> {
            if (held != null) {
                turns.suspend(held);
                held.close();
                idle.forget(id);
            }
            moving(() -> store.delete(id));
            return null;
        });
        lists.tell(id, owner, watcher -> watcher.unlisted(id));
    }

    /** Whether it is one of the person's own conversations and in the trash. */
    public boolean inTrash(Owner owner, ConversationId id) {
        return store.findInTrash(id)
                .filter(listing -> listing.owner().equals(owner))
                .isPresent();
    }

    /** Takes one of the person's own conversations out of the trash. */
    public void restore(Owner owner, ConversationId id) {
        if (!inTrash(owner, id)) {
            throw new NoSuchConversationException();
        }
        live.compute(id, (same, held) -> {
            moving(() -> store.restore(id));
            return null;
        });
        store.find(id)
                .ifPresent(listing ->
                        lists.tell(id, owner, watcher -> watcher.listed(id, listing.title(), state(listing))));
    }

    /** Moves anybody's conversation to the trash; for the operator. */
    public void delete(ConversationId id) {
        store.find(id).ifPresent(listing -> delete(listing.owner(), id));
    }

    /** Takes anybody's conversation out of the trash; for the operator. */
    public void restore(ConversationId id) {
        store.findInTrash(id).ifPresent(listing -> restore(listing.owner(), id));
    }

    @FunctionalInterface
    private interface Move {
        void run() throws IOException;
    }

    private static void moving(Move move) {
        try {
            move.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ListedConversation.State state(Listing listing) {
        LiveConversation open = live.get(listing.id());
        if (open == null) {
            return listing.damaged() ? ListedConversation.State.DAMAGED : ListedConversation.State.PAUSED;
        }
        return state(open, listing.damaged());
    }

    private ListedConversation.State state(LiveConversation open, boolean damaged) {
        if (damaged) {
            return ListedConversation.State.DAMAGED;
        }
        if (open.running()) {
            return ListedConversation.State.RUNNING;
        }
        boolean idling = idle.state(open.id()).left().isZero();
        return idling ? ListedConversation.State.PAUSED : ListedConversation.State.ACTIVE;
    }

    /** What a list shows of it may have changed. Called with the conversation locked, too. */
    private void changed(LiveConversation open) {
        StoredConversation stored = open.stored();
        boolean shown = open.locked(transcript -> transcript.tree().size() > 0);
        if (shown) {
            lists.tell(
                    open.id(),
                    stored.owner(),
                    watcher -> watcher.listed(open.id(), stored.title(), state(open, stored.damaged())));
        }
    }

    /** The conversation with its newest {@code limit} messages, at most 50. Looking is no activity. */
    public ThreadSnapshot thread(Owner owner, ConversationId id, int limit) {
        return with(owner, id, open -> Snapshots.thread(open, idle.state(id), limit));
    }

    /** Up to {@code limit} messages of the active path before {@code messageId}, oldest first. */
    public Snapshots.Page before(Owner owner, ConversationId id, String messageId, int limit) {
        return reading(owner, id, open -> Snapshots.before(open, messageId, limit));
    }

    /** One message; empty if there is none with that id. */
    public Optional<ShownMessage> message(Owner owner, ConversationId id, String messageId) {
        return reading(owner, id, open -> Snapshots.message(open, messageId));
    }

    /** A message that waits for its turn; empty if none with that id does. To be asked before {@link #message}. */
    public Optional<Entry.Queued> waiting(Owner owner, ConversationId id, String messageId) {
        return reading(owner, id, open -> Snapshots.waiting(open, messageId));
    }

    /** Says {@code text}. See {@link TurnRunner#say}. */
    public CompletableFuture<Said> say(Owner owner, ConversationId id, String text, Optional<String> sendKey) {
        return say(owner, id, text, sendKey, Optional.empty());
    }

    CompletableFuture<Said> say(
            Owner owner, ConversationId id, String text, Optional<String> sendKey, Optional<String> instead) {
        Read<Optional<String>> prepare = open -> {
            if (sendKey.isPresent()) {
                open.stored().recallSendKeys();
            }
            if (instead.isPresent()) {
                Branches.reach(open, instead.get());
            }
            return turns.redact(open, text);
        };
        Saying saying = with(owner, id, prepare, (open, safe) -> {
            idle.touch(open);
            return new Saying(safe, turns.say(open, safe, sendKey, instead));
        });
        return saying.said().thenApply(said -> {
            saying.text().ifPresent(safe -> store.drafts().sent(owner, id, safe));
            return said;
        });
    }

    private record Saying(Optional<String> text, CompletableFuture<Said> said) {}

    /**
     * Keeps what the person has typed and not sent, without its secrets, in the place of what was kept before. When this
     * returns, it is on disk.
     *
     * @param text blank: nothing is kept
     * @return when it was kept
     * @throws MessageDroppedException if the rules let nothing of it through; what was kept before stays
     */
    public Instant keepDraft(Owner owner, ConversationId id, String text) {
        Read<Optional<String>> prepare = open -> text.isBlank() ? Optional.of("") : turns.redact(open, text);
        Optional<String> safe = with(owner, id, prepare, (open, redacted) -> {
            idle.touch(open);
            return redacted;
        });
        try {
            return store.drafts().keep(owner, id, safe.orElseThrow(MessageDroppedException::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the person has typed and not sent; empty also if it cannot be read. */
    public Optional<SavedDraft> draft(Owner owner, ConversationId id) {
        check(owner, id);
        return store.drafts().find(owner, id);
    }

    /** Ways through the conversations other than straight on. */
    public Branches branches() {
        return branches;
    }

    /** Lets everything go on that broke off with the process. Returns at once. */
    public void recover() {
        if (turns.recovers()) {
            store.findUnfinished(this::recover);
        }
    }

    private void recover(ConversationId id) {
        try {
            open(id);
        } catch (NoSuchConversationException e) {
            // It was moved to the trash meanwhile.
        } catch (RuntimeException e) {
            LOG.warn("Conversation {} cannot go on by itself: {}", id, e.toString());
        }
    }

    /** Ends the running reply with the text that has come. */
    public void stop(Owner owner, ConversationId id) {
        with(owner, id, open -> {
            idle.touch(open);
            turns.stop(open);
            return null;
        });
    }

    /** The person is still here. */
    public void extend(Owner owner, ConversationId id) {
        with(owner, id, open -> {
            idle.touch(open);
            return null;
        });
    }

    /** The person came back. Completes when that is on disk. */
    public CompletableFuture<Void> resume(Owner owner, ConversationId id) {
        return with(owner, id, open -> {
            boolean wasPaused = idle.state(id).left().isZero();
            idle.touch(open);
            return wasPaused
                    ? open.stored().append(new Entry.Resumed(clock.instant())).thenApply(seq -> null)
                    : CompletableFuture.completedFuture(null);
        });
    }

    /** Gives it a title. Completes when that is on disk. */
    public CompletableFuture<Void> rename(Owner owner, ConversationId id, String title) {
        return with(owner, id, open -> {
            idle.touch(open);
            String kept = open.redacted(title);
            return open.stored().append(new Entry.Title(kept, clock.instant())).thenApply(seq -> null);
        });
    }

    /**
     * Tells {@code subscriber} what lies behind {@code cursor} and then what happens. Watching is no activity.
     *
     * @return ends the watching
     */
    public Runnable watch(Owner owner, ConversationId id, Optional<Cursor> cursor, Subscriber subscriber) {
        Read<Void> prepare = open -> {
            open.stored().reachLine(cursor.map(Cursor::seq).orElse(Long.MAX_VALUE));
            return null;
        };
        return with(owner, id, prepare, (open, nothing) -> {
            open.join(cursor, subscriber);
            FeedEvent.Idle state = idle.state(id);
            if (state.state() != IdleState.ACTIVE) {
                subscriber.event(state);
            }
            if (closing) {
                open.endFeed();
            }
            return () -> open.leave(subscriber);
        });
    }

    /** Whether it exists and is {@code owner}'s or was opened to them by a link. */
    public boolean mayOpen(Owner owner, ConversationId id) {
        return store.find(id)
                .filter(listing -> listing.owner().equals(owner) || access.granted(id, owner))
                .isPresent();
    }

    /** @throws NoSuchConversationException unless {@code owner} may open it */
    public void check(Owner owner, ConversationId id) {
        if (!mayOpen(owner, id)) {
            throw new NoSuchConversationException();
        }
    }

    /** What may read the conversation's file, and so does not keep others from it. */
    @FunctionalInterface
    interface Read<T> {
        T from(LiveConversation open) throws IOException;
    }

    private <T> T reading(Owner owner, ConversationId id, Read<T> read) {
        check(owner, id);
        return read(open(id), read);
    }

    private static <T> T read(LiveConversation open, Read<T> read) {
        try {
            return read.from(open);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code action} on the open conversation, with nothing else happening to it meanwhile. */
    private <T> T with(Owner owner, ConversationId id, Function<LiveConversation, T> action) {
        return with(owner, id, open -> null, (open, nothing) -> action.apply(open));
    }

    /** The same after something that takes longer, done before others are kept out. */
    <P, T> T with(Owner owner, ConversationId id, Read<P> prepare, BiFunction<LiveConversation, P, T> action) {
        check(owner, id);
        while (true) {
            LiveConversation open = open(id);
            P prepared = read(open, prepare);
            Done<T> done = open.locked(transcript -> open.closed() ? null : new Done<>(action.apply(open, prepared)));
            if (done != null) {
                return done.result();
            }
        }
    }

    private record Done<T>(T result) {}

    /** Opening and letting go exclude each other by the map's lock on the entry, so a file never has two writers. */
    private LiveConversation open(ConversationId id) {
        LiveConversation open = live.get(id);
        if (open != null && !open.closed() && !open.broken()) {
            return open;
        }
        return live.compute(id, (same, held) -> {
            if (held != null && !held.closed() && !held.broken()) {
                return held;
            }
            if (held != null && !held.closed()) {
                held.close();
                idle.forget(id);
                store.release(id);
            }
            return begin(stored(id));
        });
    }

    private StoredConversation stored(ConversationId id) {
        try {
            return store.open(id).orElseThrow(NoSuchConversationException::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LiveConversation begin(StoredConversation stored) {
        LiveConversation begun = new LiveConversation(stored, redactor(stored));
        Duration past = stored.locked(transcript ->
                transcript.lastSeq() == 0 ? Duration.ZERO : Duration.between(lastActivity(stored), clock.instant()));
        idle.watch(begun, past);
        begun.onChange(() -> changed(begun));
        turns.takeUp(begun);
        if (!idle.state(begun.id()).left().isZero()) {
            changed(begun); // the list has shown it as paused
        }
        return begun;
    }

    private Redactor redactor(StoredConversation stored) {
        return redaction.redactor(stored.placeholders());
    }

    private static Instant lastActivity(StoredConversation stored) {
        return stored.locked(transcript ->
                transcript.lastActivity().isAfter(stored.createdAt()) ? transcript.lastActivity() : stored.createdAt());
    }

    /** Idle for too long: says so in the file, sends the readers away, and lets go of the memory. */
    private void pause(LiveConversation open) {
        boolean said = open.locked(
                transcript -> transcript.paused() || transcript.tree().size() == 0 || open.broken());
        if (said && !pausing.contains(open.id())) {
            letGo(open);
        } else if (!said && pausing.add(open.id())) {
            open.stored()
                    .append(new Entry.Paused(clock.instant()))
                    .thenCompose(seq -> open.stored().rest())
                    .whenComplete((done, failure) -> paused(open.id(), failure));
        }
    }

    /** @param failure null if there was none; then its file is as it is while it is used, and no harm done */
    private void paused(ConversationId id, Throwable failure) {
        pausing.remove(id);
        if (failure != null) {
            LOG.warn("The file of conversation {}, which is paused, could not be packed: {}", id, failure.toString());
        }
    }

    private void letGo(LiveConversation open) {
        boolean idling = open.locked(transcript -> {
            boolean still = idle.state(open.id()).left().isZero();
            if (still) {
                open.publish(idle.state(open.id()));
                open.endFeed();
            }
            return still;
        });
        if (idling) {
            live.computeIfPresent(open.id(), (id, held) -> held == open && released(open) ? null : held);
        }
    }

    /** Nobody opens it anew between the two steps, for both happen while the map holds its entry. */
    private boolean released(LiveConversation open) {
        boolean closed = open.locked(transcript -> idle.state(open.id()).left().isZero() && open.closeIfUnused());
        if (closed) {
            idle.forget(open.id());
            store.release(open.id());
        }
        return closed;
    }

    /** Lets go of all: running replies are journaled as far as they are. The store stays open. */
    @Override
    public void close() {
        closing = true;
        lists.close();
        for (LiveConversation open : live.values()) {
            turns.suspend(open);
            open.endFeed();
        }
    }
}
