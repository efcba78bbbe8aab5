package dev.holdfast.agent;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Subscriber;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.protect.Redactor;
import dev.holdfast.store.StoredConversation;
import dev.holdfast.window.CountedMessages;
import dev.holdfast.window.TokenCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A conversation in use: what is stored, who watches, and the turn that runs. Everything is guarded by the stored
 * conversation's lock.
 */
public final class LiveConversation {
    final StoredConversation file;
    /** Takes secrets out of everything before it is kept, shown or sent. */
    final Redactor redactor;

    final Feed feed;
    /** Messages whose append is under way, by send key, so that a retry finds them before they are in the transcript. */
    final Map<String, TurnRunner.Pending> pending = new HashMap<>();

    /** Read also without the lock, by whoever counts what runs. */
    volatile boolean turnRuns;

    /** The process is about to end: no turn is begun any more. */
    boolean suspended;
    /** Stop was pressed in this turn, perhaps before there was a reply to stop. */
    boolean stopRequested;
    /** Null until the turn's reply has begun. */
    ReplyStream reply;
    /** How many replies of this turn broke off, with the process or because the model failed, and others came or will come. */
    int brokenOff;
    /** Null unless the reply has ended and the turn has not: then the model is asked for another one after so long. */
    Duration againAfter;

    /** Queued messages whose append is under way. */
    int enqueuing;

    /** Null until a model is asked; of {@link #countedFor}. */
    private CountedMessages counts;

    private String countedFor = "";

    /** Messages that are sent however old they are, by {@link #keptIds}; read once, also those that are lost. */
    private List<Message> kept = List.of();

    private List<String> keptIds = List.of();

    /** What is to be summarised when the turn is over. */
    private Optional<Unsummarised> due = Optional.empty();

    private boolean summarising;

    private Runnable changed = () -> {};
    private boolean broken;
    private boolean closed;

    LiveConversation(StoredConversation file, Redactor redactor, Gathering gathering) {
        this.file = file;
        this.redactor = redactor;
        this.feed = new Feed(gathering, this::whileLocked);
        file.listen(this::appended);
    }

    /** A turn is over before anybody hears of it: what is said in answer to its last word begins the next one. */
    private void appended(long seq, Entry entry) {
        if (entry instanceof Message message && message.role() == Role.ASSISTANT && againAfter == null) {
            turnIsOver();
        }
        feed.appended(seq, entry);
        boolean inLists = entry instanceof Entry.ReplyStarted
                || entry instanceof Entry.Title
                || entry instanceof Entry.Paused
                || entry instanceof Entry.Resumed
                || entry instanceof Message message && message.role() == Role.ASSISTANT;
        if (inLists) {
            changed.run();
        }
    }

    /** {@code action} is run, with the conversation locked, when its title or what it is doing has changed. */
    public void onChange(Runnable action) {
        whileLocked(() -> changed = action);
    }

    /** Whether a message said now has to wait: for the running turn, or behind others that wait. */
    boolean busy(Transcript transcript) {
        return turnRuns || enqueuing > 0 || !transcript.queued().isEmpty();
    }

    /** Whether a turn is running, or something waits for its turn. */
    public boolean busy() {
        return file.locked(this::busy);
    }

    public ConversationId id() {
        return file.id();
    }

    public StoredConversation stored() {
        return file;
    }

    /** {@code text} without its secrets. */
    public String redacted(String text) {
        return redactor.redact(text);
    }

    private void whileLocked(Runnable action) {
        file.locked(transcript -> {
            action.run();
            return null;
        });
    }

    /** @see StoredConversation#locked */
    public <T> T locked(Function<Transcript, T> action) {
        return file.locked(action);
    }

    /** From now on {@code subscriber} is told what happens, after what lies behind {@code cursor}. */
    public void join(Optional<Cursor> cursor, Subscriber subscriber) {
        file.locked(transcript -> {
            feed.join(transcript, cursor, subscriber);
            return null;
        });
    }

    public void leave(Subscriber subscriber) {
        whileLocked(() -> feed.leave(subscriber));
    }

    public void publish(FeedEvent event) {
        whileLocked(() -> feed.publish(event));
    }

    /** The messages with those ids, in that order, from memory or from the file; those that are lost are left out. */
    List<Message> kept(List<String> ids) throws IOException {
        Optional<List<Message>> known =
                locked(transcript -> keptIds.equals(ids) ? Optional.of(kept) : Optional.empty());
        if (known.isPresent()) {
            return known.get();
        }
        Map<String, Message> read = file.messages(Set.copyOf(ids));
        List<Message> found =
                ids.stream().map(read::get).filter(Objects::nonNull).toList();
        return locked(transcript -> {
            keptIds = ids;
            kept = found;
            return found;
        });
    }

    /** Counts messages as {@code model} does, each of them once. */
    CountedMessages counts(String model, TokenCounters counters) {
        return locked(transcript -> {
            if (counts == null || !countedFor.equals(model)) {
                counts = new CountedMessages(counters.forModel(model));
                countedFor = model;
            }
            return counts;
        });
    }

    void summaryDue(Optional<Unsummarised> part) {
        locked(transcript -> due = part);
    }

    /** What is to be summarised now, told once. */
    Optional<Unsummarised> dueSummary() {
        return locked(transcript -> {
            Optional<Unsummarised> part = turnRuns ? Optional.empty() : due;
            due = turnRuns ? due : Optional.empty();
            return part;
        });
    }

    /** Whether a summary may be begun now: one at a time, and not while the process ends. */
    boolean beginSummary() {
        return locked(transcript -> {
            boolean may = !summarising && !suspended && !closed;
            summarising |= may;
            return may;
        });
    }

    void endSummary() {
        locked(transcript -> summarising = false);
    }

    void turnIsOver() {
        turnRuns = false;
        stopRequested = false;
        reply = null;
        brokenOff = 0;
        againAfter = null;
    }

    /** The disk failed in the middle of a turn: only what is read from the file again is to be relied on. */
    void breakOff() {
        turnIsOver();
        broken = true;
        feed.end();
        changed.run();
    }

    /** Whether it should be opened anew before it is used again, so that what the disk holds is found and settled. */
    public boolean broken() {
        return file.locked(transcript -> broken || !file.writable());
    }

    /** Nothing may be done with it any more; whoever holds it opens the conversation anew. */
    public boolean closed() {
        return file.locked(transcript -> closed);
    }

    /**
     * Closes it unless it is in use.
     *
     * @return whether it is closed now
     */
    public boolean closeIfUnused() {
        return file.locked(transcript -> {
            closed = closed || !turnRuns && !summarising && pending.isEmpty() && !feed.watched();
            return closed;
        });
    }

    /** Closes it and sends all subscribers away. */
    public void close() {
        whileLocked(() -> {
            closed = true;
            feed.end();
        });
    }

    /** Whether a turn is running. Never waits. */
    public boolean running() {
        return turnRuns;
    }

    /** Whether something was said under this key, or is just being, as far as the file's keys are known. */
    public boolean knows(String sendKey) {
        return file.locked(
                transcript -> pending.containsKey(sendKey) || file.sent(sendKey).isPresent());
    }

    /** Whether anybody watches. */
    public boolean watched() {
        return file.locked(transcript -> feed.watched());
    }

    /** Sends all subscribers away. */
    public void endFeed() {
        whileLocked(feed::end);
    }
}
