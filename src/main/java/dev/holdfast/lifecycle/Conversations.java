package dev.holdfast.lifecycle;

import dev.holdfast.agent.LiveConversation;
import dev.holdfast.agent.Traces;
import dev.holdfast.agent.TurnRunner;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.MessageDroppedException;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Said;
import dev.holdfast.conversation.SavedDraft;
import dev.holdfast.conversation.SearchHit;
import dev.holdfast.conversation.Subscriber;
import dev.holdfast.protect.Redaction;
import dev.holdfast.store.Access;
import dev.holdfast.store.ConversationStore;
import dev.holdfast.window.Prices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The conversations, and what a person may do with those that are theirs or that a resume link opened to them. For all
 * others every method throws {@link NoSuchConversationException}. Thread-safe.
 *
 * <p>Methods that return a future never wait for a disk; the others may read the conversation's file once, when it is
 * not open yet, and throw an {@link UncheckedIOException} if that fails.
 */
public final class Conversations implements AutoCloseable {
    /** Exchanges that are left of a conversation for the model, if a person wants no more of it. */
    public static final int RECENT = 5;

    private final ConversationStore store;
    private final Access access;
    private final TurnRunner turns;
    private final Clock clock;
    private final ListFeed lists;
    private final OpenConversations open;
    private final IdleWatch idle;
    private final Gate gate;
    private final Branches branches;
    private final Memory memory;
    private final Calls calls;
    private final Trash trash;
    private final Claims claims;

    /** Guards the step from looking for a channel key to creating it; a key always has the same guard. */
    private final Object[] creating = Stream.generate(Object::new).limit(64).toArray();

    /**
     * @param traces renders what was sent
     * @param prices of models; read when somebody looks at what was used
     * @param redaction what is taken out of everything that is said
     * @param limits what the {@link #gate} lets in
     * @param nanos a monotonic clock, as {@link System#nanoTime}, for idleness and limits
     */
    public Conversations(
            ConversationStore store,
            Access access,
            TurnRunner turns,
            Traces traces,
            Supplier<Prices> prices,
            Redaction redaction,
            IdleTimes times,
            Limits limits,
            Clock clock,
            LongSupplier nanos) {
        this.store = store;
        this.access = access;
        this.turns = turns;
        this.clock = clock;
        this.lists = new ListFeed(access);
        this.open = new OpenConversations(store, access, turns, redaction, times, clock, nanos, lists);
        this.idle = open.idle();
        this.gate = new Gate(limits, open, nanos);
        this.branches = new Branches(this, open, turns, clock);
        this.memory = new Memory(open, turns);
        this.calls = new Calls(open, traces, prices);
        this.trash = new Trash(store, open, lists);
        this.claims = new Claims(store, open, lists, access, clock);
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

    /** Through which requests come in. */
    public Gate gate() {
        return gate;
    }

    /** A new conversation; the same one again for a channel key that {@code owner} has used. */
    public ConversationId create(Owner owner, String channelKey) {
        return create(owner, channelKey, () -> {});
    }

    /**
     * The same for a request: it passes if a conversation has to be made.
     *
     * @param toSpeak whether something is to be said in it at once
     * @throws TooManyAttemptsException if whoever asks has to wait; then none was made
     */
    public ConversationId create(Owner owner, String channelKey, boolean toSpeak, Passage passage) {
        return create(owner, channelKey, toSpeak ? passage::passToSpeak : passage::pass);
    }

    private ConversationId create(Owner owner, String channelKey, Runnable before) {
        synchronized (creating[Math.floorMod(Objects.hash(owner, channelKey), creating.length)]) {
            Optional<ConversationId> existing = store.find(owner, channelKey);
            if (existing.isPresent()) {
                return existing.get();
            }
            before.run();
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
                .map(listing -> new ListedConversation(listing, open.state(listing)))
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

    /** The conversation with its newest {@code limit} messages, at most 50. Looking is no activity. */
    public ThreadSnapshot thread(Owner owner, ConversationId id, int limit) {
        return open.with(owner, id, live -> Snapshots.thread(live, idle.state(id), limit));
    }

    /** Up to {@code limit} messages of the active path before {@code messageId}, oldest first. */
    public Snapshots.Page before(Owner owner, ConversationId id, String messageId, int limit) {
        return open.reading(owner, id, live -> Snapshots.before(live, messageId, limit));
    }

    /** One message; empty if there is none with that id. */
    public Optional<ShownMessage> message(Owner owner, ConversationId id, String messageId) {
        return open.reading(owner, id, live -> Snapshots.message(live, messageId));
    }

    /** A message that waits for its turn; empty if none with that id does. To be asked before {@link #message}. */
    public Optional<Entry.Queued> waiting(Owner owner, ConversationId id, String messageId) {
        return open.reading(owner, id, live -> Snapshots.waiting(live, messageId));
    }

    /** Says {@code text}. See {@link TurnRunner#say}. */
    public CompletableFuture<Said> say(Owner owner, ConversationId id, String text, Optional<String> sendKey) {
        return say(owner, id, text, sendKey, Passage.FREE);
    }

    /**
     * The same for a request: it passes unless it was sent before, under the same key.
     *
     * @throws TooManyAttemptsException if whoever asks has to wait; then nothing was said
     */
    public CompletableFuture<Said> say(
            Owner owner, ConversationId id, String text, Optional<String> sendKey, Passage passage) {
        return say(owner, id, text, sendKey, Optional.empty(), passage);
    }

    CompletableFuture<Said> say(
            Owner owner,
            ConversationId id,
            String text,
            Optional<String> sendKey,
            Optional<String> instead,
            Passage passage) {
        OpenConversations.Read<Optional<String>> prepare = live -> {
            if (sendKey.isPresent()) {
                live.stored().recallSendKeys();
            }
            if (!known(live, sendKey)) {
                passage.pass();
            }
            if (instead.isPresent()) {
                Branches.reach(live, instead.get());
            }
            return turns.redact(live, text);
        };
        Saying saying = open.with(owner, id, prepare, (live, safe) -> {
            Supplier<CompletableFuture<Said>> turn = () -> {
                idle.touch(live);
                return turns.say(live, safe, sendKey, instead);
            };
            if (known(live, sendKey)) {
                passage.giveBack();
                return new Saying(safe, turn.get());
            }
            return new Saying(safe, passage.begin(live, turn));
        });
        return saying.said().thenApply(said -> {
            saying.text().ifPresent(safe -> store.drafts().sent(owner, id, safe));
            return said;
        });
    }

    /** Whether this was said before, or is just being. */
    private static boolean known(LiveConversation live, Optional<String> sendKey) {
        return sendKey.filter(live::knows).isPresent();
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
        OpenConversations.Read<Optional<String>> prepare =
                live -> text.isBlank() ? Optional.of("") : turns.redact(live, text);
        Optional<String> safe = open.with(owner, id, prepare, (live, redacted) -> {
            idle.touch(live);
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

    /** What the model remembers of the conversations. */
    public Memory memory() {
        return memory;
    }

    /** What the conversations' calls to models took, and what was sent with them. */
    public Calls calls() {
        return calls;
    }

    /** Lets everything go on that broke off with the process. Returns at once. */
    public void recover() {
        if (turns.recovers()) {
            store.findUnfinished(open::goOn);
        }
    }

    /**
     * Watches also those conversations of which somebody wants a link mailed when they are paused: they may have been in
     * use when the process ended. Reads their files on the calling thread.
     */
    public void watchForIdleMails() {
        access.withIdleMails().forEach(open::goOn);
    }

    /** Ends the running reply with the text that has come. */
    public void stop(Owner owner, ConversationId id) {
        open.with(owner, id, live -> {
            idle.touch(live);
            turns.stop(live);
            return null;
        });
    }

    /** The person is still here. */
    public void extend(Owner owner, ConversationId id) {
        open.with(owner, id, live -> {
            idle.touch(live);
            return null;
        });
    }

    /**
     * The person came back. Completes when that is on disk.
     *
     * @param recentOnly whether the model is sent only the last {@value #RECENT} exchanges of what was said so far, with what
     *     is kept from before them and a summary, if there is one; all of it stays as it is, and is shown
     */
    public CompletableFuture<Void> resume(Owner owner, ConversationId id, boolean recentOnly) {
        OpenConversations.Read<Optional<Entry.Window>> prepare =
                live -> recentOnly ? turns.view().recent(live, RECENT) : Optional.empty();
        return open.with(owner, id, prepare, (live, cut) -> {
            boolean wasPaused = idle.state(id).left().isZero();
            idle.touch(live);
            CompletableFuture<Void> resumed = wasPaused
                    ? live.stored().append(new Entry.Resumed(clock.instant())).thenApply(seq -> null)
                    : CompletableFuture.completedFuture(null);
            return cut.isEmpty() ? resumed : live.stored().append(cut.get()).thenCombine(resumed, (seq, done) -> null);
        });
    }

    /** Gives it a title. Completes when that is on disk. */
    public CompletableFuture<Void> rename(Owner owner, ConversationId id, String title) {
        return open.with(owner, id, live -> {
            idle.touch(live);
            String kept = live.redacted(title);
            return live.stored().append(new Entry.Title(kept, clock.instant())).thenApply(seq -> null);
        });
    }

    /**
     * Tells {@code subscriber} what lies behind {@code cursor} and then what happens. Watching is no activity.
     *
     * @return ends the watching
     */
    public Runnable watch(Owner owner, ConversationId id, Optional<Cursor> cursor, Subscriber subscriber) {
        OpenConversations.Read<Void> prepare = live -> {
            live.stored().reachLine(cursor.map(Cursor::seq).orElse(Long.MAX_VALUE));
            return null;
        };
        return open.with(owner, id, prepare, (live, nothing) -> {
            open.join(live, cursor, subscriber);
            return () -> live.leave(subscriber);
        });
    }

    /** The conversations that are deleted. */
    public Trash trash() {
        return trash;
    }

    /** What browsers had before their people signed in. */
    public Claims claims() {
        return claims;
    }

    /** How many are in memory. */
    public int open() {
        return open.size();
    }

    /** In how many a reply is being written. */
    public int running() {
        return open.running();
    }

    /** {@code action} is run when a conversation has been paused; it is not to wait. */
    void onPause(Consumer<ConversationId> action) {
        open.onPause(action);
    }

    /** Ends all watching of it: whoever may not open it any more does not come back. */
    void sendAway(ConversationId id) {
        open.sendAway(id);
        lists.turnedAway(id);
    }

    /** Whether it exists and is {@code owner}'s or was opened to them by a link. */
    public boolean mayOpen(Owner owner, ConversationId id) {
        return open.mayOpen(owner, id);
    }

    /** @throws NoSuchConversationException unless {@code owner} may open it */
    public void check(Owner owner, ConversationId id) {
        open.check(owner, id);
    }

    /** Lets go of all: running replies are journaled as far as they are. The store stays open. */
    @Override
    public void close() {
        lists.close();
        open.close();
    }
}
