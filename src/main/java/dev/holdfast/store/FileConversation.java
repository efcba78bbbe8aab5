package dev.holdfast.store;

import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.journal.Durability;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.protect.Placeholders;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A conversation that is open: its journal, and its newest part in memory. What lies further back is read from the file
 * when it is asked for. From time to time, when nothing is under way, it appends a checkpoint, so that opening it does not
 * take longer the longer it is.
 */
final class FileConversation implements StoredConversation {
    /** So many messages after the last checkpoint the next one is due. */
    private static final int MESSAGES_A_CHECKPOINT = 16;

    /** How long a send key is honoured. */
    private static final Duration KEYS_KEPT = Duration.ofHours(24);

    private final Header header;
    private final Journal journal;
    private final ConversationReader reader;
    private final Clock clock;
    private final Changes changes;
    private final EarlierPages pages = new EarlierPages();
    private Transcript transcript;
    private Placeholders placeholders;
    private boolean damaged;
    private Listener listener = (seq, entry) -> {};
    private int lastId;
    private int underWay;
    private Optional<Map<String, Transcript.Sent>> earlierKeys = Optional.empty();

    /** Hears of what a list or a search may show. Called with the conversation locked; must be quick. */
    interface Changes {
        void appended(FileConversation conversation, long seq, Entry entry);
    }

    /** @param reading of the file that {@code journal} appends to */
    FileConversation(
            Header header,
            Reading reading,
            boolean damaged,
            Journal journal,
            ConversationReader reader,
            Clock clock,
            Changes changes) {
        this.header = header;
        this.transcript = reading.transcript();
        this.placeholders = reading.placeholders();
        this.damaged = damaged;
        this.journal = journal;
        this.reader = reader;
        this.clock = clock;
        this.changes = changes;
        this.lastId = transcript.highestId();
    }

    @Override
    public ConversationId id() {
        return header.id();
    }

    @Override
    public Owner owner() {
        return header.owner();
    }

    @Override
    public String channelKey() {
        return header.channelKey();
    }

    @Override
    public Instant createdAt() {
        return header.createdAt();
    }

    @Override
    public synchronized String title() {
        return transcript.title();
    }

    @Override
    public synchronized Map<String, Integer> placeholders() {
        return placeholders.next();
    }

    @Override
    public synchronized <T> T locked(Function<Transcript, T> action) {
        return action.apply(transcript);
    }

    @Override
    public synchronized String newMessageId() {
        lastId++;
        return "m" + lastId;
    }

    @Override
    public synchronized CompletableFuture<Long> append(Entry entry) {
        underWay++;
        boolean[] counted = {true};
        CompletableFuture<Long> appended = journal.append(EntryJson.write(entry), Durability.FORCED, seq -> {
            counted[0] = false;
            written(seq, entry);
        });
        appended.whenComplete((seq, failure) -> {
            if (failure != null) {
                failed(counted);
            }
        });
        return appended;
    }

    private synchronized void failed(boolean[] counted) {
        underWay -= counted[0] ? 1 : 0;
    }

    private synchronized void written(long seq, Entry entry) {
        underWay--;
        transcript.apply(seq, entry);
        placeholders.note(entry);
        changes.appended(this, seq, entry); // First: who hears of a message may search for it at once.
        listener.appended(seq, entry);
        boolean due = transcript.sinceCheckpoint() >= MESSAGES_A_CHECKPOINT;
        if (due && underWay == 0 && transcript.quiet()) {
            append(transcript.checkpoint(placeholders.next(), clock.instant()));
        }
    }

    @Override
    public synchronized void listen(Listener newListener) {
        this.listener = newListener;
    }

    @Override
    public boolean writable() {
        return journal.refusal().isEmpty();
    }

    @Override
    public synchronized boolean damaged() {
        return damaged;
    }

    @Override
    public void reachLine(long seq) throws IOException {
        if (locked(Transcript::begin) > seq) {
            reach(() -> TailStart.before(seq));
        }
    }

    @Override
    public void reachMessage(Optional<String> id) throws IOException {
        boolean here = locked(have -> !have.hasEarlier()
                || id.isPresent() && have.tree().message(id.get()).isPresent());
        if (!here) {
            reach(() -> id.map(TailStart::before).orElseGet(TailStart::all));
        }
    }

    /** Reads without holding up others; if something was appended meanwhile, again. */
    private void reach(Supplier<TailStart> start) throws IOException {
        boolean done = false;
        while (!done) {
            long last = locked(Transcript::lastSeq);
            done = replace(fromFile(file -> reader.read(id(), file, start, last)), last);
        }
    }

    /** What is read of the file. */
    @FunctionalInterface
    private interface FromFile<T> {
        T read(Path file) throws IOException;
    }

    /** Reads the file, which may be taking another form, and so another name, at this moment. */
    private <T> T fromFile(FromFile<T> read) throws IOException {
        Path file = journal.file();
        try {
            return read.read(file);
        } catch (NoSuchFileException e) {
            Optional<Path> now = reader.journals().look(file.getParent(), JournalForm.nameOf(file));
            if (now.isEmpty() || now.get().equals(file)) {
                throw e;
            }
            return read.read(now.get());
        }
    }

    private synchronized boolean replace(ConversationReader.Found found, long last) {
        if (transcript.lastSeq() != last) {
            return false;
        }
        Optional<OpenReply> running = transcript.openReply();
        transcript = found.reading().transcript();
        running.ifPresent(transcript::adopt);
        damaged |= found.damaged();
        return true;
    }

    @Override
    public Page before(String messageId, int limit) throws IOException {
        long begin;
        List<Message> path;
        synchronized (this) {
            begin = transcript.begin();
            path = transcript.tree().path();
        }
        int index = 0;
        while (index < path.size() && !path.get(index).id().equals(messageId)) {
            index++;
        }
        boolean here = index < path.size();
        if (here && index >= limit) {
            boolean more = index > limit || path.get(0).parent().isPresent();
            return new Page(path.subList(index - limit, index), more);
        }
        Message oldest = here ? path.get(0) : null;
        int missing = here ? limit - index : limit;
        Page page = fromFile(file ->
                pages.before(new EarlierPages.Place(reader.journals(), file, begin), oldest, messageId, missing));
        return here ? page.followedBy(path.subList(0, index)) : page;
    }

    @Override
    public Optional<Message> message(String messageId) throws IOException {
        long begin = locked(Transcript::begin); // Asked first: if more is taken in meanwhile, it is found there.
        Optional<Message> here = locked(have -> have.tree().message(messageId));
        return here.isPresent() || begin == 0
                ? here
                : Optional.ofNullable(fromFile(file -> reader.messages(file, begin, Set.of(messageId)))
                        .get(messageId));
    }

    @Override
    public Map<String, Message> messages(Set<String> ids) throws IOException {
        long begin = locked(Transcript::begin);
        Map<String, Message> found = new HashMap<>();
        locked(have -> {
            ids.forEach(id -> have.tree().message(id).ifPresent(message -> found.put(id, message)));
            return null;
        });
        Set<String> missing = new HashSet<>(ids);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty() && begin > 0) {
            found.putAll(fromFile(file -> reader.messages(file, begin, missing)));
        }
        return Map.copyOf(found);
    }

    @Override
    public List<Call> calls(int most) throws IOException {
        return fromFile(file -> reader.calls(file, most));
    }

    @Override
    public Optional<Traced> traced(String replyId) throws IOException {
        return fromFile(file -> reader.traced(file, replyId));
    }

    @Override
    public void recallSendKeys() throws IOException {
        Instant oldest = clock.instant().minus(KEYS_KEPT);
        boolean known = locked(have -> earlierKeys.isPresent() || have.begin() == 0);
        if (!known) {
            long begin = locked(Transcript::begin);
            Map<String, Transcript.Sent> keys = fromFile(file -> reader.sentBefore(file, begin, oldest));
            locked(have -> earlierKeys = Optional.of(keys));
        }
    }

    @Override
    public synchronized Optional<Transcript.Sent> sent(String sendKey) {
        return transcript
                .sent(sendKey)
                .or(() -> earlierKeys.map(keys -> keys.get(sendKey)))
                .filter(sent -> sent.timestamp().plus(KEYS_KEPT).isAfter(clock.instant()));
    }

    @Override
    public CompletableFuture<Void> rest() {
        return reader.rest(journal);
    }

    synchronized Listing listing() {
        return header.listing(transcript, damaged);
    }

    Journal journal() {
        return journal;
    }

    void close() throws IOException {
        journal.close();
    }
}
