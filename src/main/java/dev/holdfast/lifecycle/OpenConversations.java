package dev.holdfast.lifecycle;

import dev.holdfast.agent.LiveConversation;
import dev.holdfast.agent.TurnRunner;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.IdleState;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversations that are in use, and the only way to one: it is opened when somebody needs it, and let go of when it
 * has been idle for long enough. A file never has two writers, for opening and letting go exclude each other by the map's
 * lock on the entry. Thread-safe.
 */
final class OpenConversations {
    /** What may read the conversation's file, and so does not keep others from it. */
    @FunctionalInterface
    interface Read<T> {
        T from(LiveConversation open) throws IOException;
    }

    /** Something done to a conversation's file while nobody has it open. */
    @FunctionalInterface
    interface Move {
        void run() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(OpenConversations.class);

    /** So many that opening one conversation hardly ever waits for opening another. */
    private static final int BINS = 4096;

    private final ConversationStore store;
    private final Access access;
    private final TurnRunner turns;
    private final Redaction redaction;
    private final Clock clock;
    private final ListFeed lists;
    private final IdleWatch idle;
    private final Map<ConversationId, LiveConversation> live = new ConcurrentHashMap<>(BINS);
    private volatile Consumer<ConversationId> onPause = id -> {};
    private final Set<ConversationId> pausing = ConcurrentHashMap.newKeySet();
    /** Whoever begins to watch from now on is sent away at once. */
    private volatile boolean closing;

    /** @param lists hears of what changes in a conversation that it shows */
    OpenConversations(
            ConversationStore store,
            Access access,
            TurnRunner turns,
            Redaction redaction,
            IdleTimes times,
            Clock clock,
            LongSupplier nanos,
            ListFeed lists) {
        this.store = store;
        this.access = access;
        this.turns = turns;
        this.redaction = redaction;
        this.clock = clock;
        this.lists = lists;
        this.idle = new IdleWatch(times, nanos, this::pause);
    }

    IdleWatch idle() {
        return idle;
    }

    /** {@code action} is run when a conversation has been paused; it is not to wait. */
    void onPause(Consumer<ConversationId> action) {
        onPause = action;
    }

    /** Whether it exists and is {@code owner}'s or was opened to them by a link. */
    boolean mayOpen(Owner owner, ConversationId id) {
        return store.find(id)
                .filter(listing -> listing.owner().equals(owner) || access.granted(id, owner))
                .isPresent();
    }

    /** @throws NoSuchConversationException unless {@code owner} may open it */
    void check(Owner owner, ConversationId id) {
        if (!mayOpen(owner, id)) {
            throw new NoSuchConversationException();
        }
    }

    <T> T reading(Owner owner, ConversationId id, Read<T> read) {
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
    <T> T with(Owner owner, ConversationId id, Function<LiveConversation, T> action) {
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

    /** Opens it unless it is; what broke off with the process goes on then. */
    LiveConversation open(ConversationId id) {
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

    /** Opens it, so that what broke off with the process goes on. */
    void goOn(ConversationId id) {
        try {
            open(id);
        } catch (NoSuchConversationException e) {
            // It was moved to the trash meanwhile.
        } catch (RuntimeException e) {
            LOG.warn("Conversation {} cannot go on by itself: {}", id, e.toString());
        }
    }

    private StoredConversation stored(ConversationId id) {
        try {
            return store.open(id).orElseThrow(NoSuchConversationException::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LiveConversation begin(StoredConversation stored) {
        LiveConversation begun = turns.open(stored, redactor(stored));
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
                    .thenCompose(seq -> {
                        onPause.accept(open.id());
                        return open.stored().rest();
                    })
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

    int size() {
        return live.size();
    }

    /** In how many a reply is being written. Never waits. */
    int running() {
        return (int) live.values().stream().filter(LiveConversation::running).count();
    }

    /** Whether a reply is being written in this one, and it is still the one that is used. Never waits. */
    boolean runs(LiveConversation open) {
        return open.running() && live.get(open.id()) == open;
    }

    /** In how many of {@code owner}'s a reply is being written. Never waits. */
    int running(Owner owner) {
        return (int) live.values().stream()
                .filter(LiveConversation::running)
                .filter(open -> open.stored().owner().equals(owner))
                .count();
    }

    /** What a list says of it. */
    ListedConversation.State state(Listing listing) {
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

    /**
     * Does something to its file while nobody has it open, or opens it. A running reply is broken off; what has come is kept.
     */
    void whileClosed(ConversationId id, Move move) {
        live.compute(id, (same, held) -> {
            if (held != null) {
                turns.suspend(held);
                held.close();
                idle.forget(id);
            }
            try {
                move.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return null;
        });
    }

    /** Tells {@code subscriber} what lies behind {@code cursor} and then what happens; to be called while it is locked. */
    void join(LiveConversation open, Optional<Cursor> cursor, Subscriber subscriber) {
        open.join(cursor, subscriber);
        FeedEvent.Idle state = idle.state(open.id());
        if (state.state() != IdleState.ACTIVE) {
            subscriber.event(state);
        }
        if (closing) {
            open.endFeed();
        }
    }

    /** Ends all watching of it; who still may watch comes back. */
    void sendAway(ConversationId id) {
        LiveConversation open = live.get(id);
        if (open != null) {
            open.endFeed();
        }
    }

    /** Breaks all replies off as far as they are and sends all readers away. */
    void close() {
        closing = true;
        for (LiveConversation open : live.values()) {
            turns.suspend(open);
            open.endFeed();
        }
    }
}
