package dev.holdfast.store;

import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Transcript;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One conversation that is open: the newest part of its transcript in memory, and its file behind it. An entry is in the
 * transcript only once it is on disk. Thread-safe.
 */
public interface StoredConversation {

    /** Hears of every entry. Called with the conversation locked, in file order, after the transcript has the entry. */
    interface Listener {
        void appended(long seq, Entry entry);
    }

    /** Messages of the active path, oldest first, and whether older ones exist. */
    record Page(List<Message> messages, boolean more) {
        public Page {
            messages = List.copyOf(messages);
        }

        /** The same with newer messages behind. */
        Page followedBy(List<Message> newer) {
            List<Message> all = new ArrayList<>(messages);
            all.addAll(newer);
            return new Page(all, more);
        }
    }

    ConversationId id();

    Owner owner();

    /** Which thread of which channel this is, e.g. {@code web:…}. */
    String channelKey();

    Instant createdAt();

    /** What a person called it, else the beginning of what was first said; empty before that. */
    String title();

    /**
     * Runs {@code action} while nobody else sees or changes the transcript. It must be short, must not block, and must
     * not let the transcript out. May be nested.
     */
    <T> T locked(Function<Transcript, T> action);

    /** An id that no message of this conversation has or will have: {@code m1}, {@code m2}, … */
    String newMessageId();

    /**
     * Appends an entry. Entries are written in the order of the calls; calling with the conversation locked fixes that
     * order against other threads. Never blocks.
     *
     * @return completes with the line's number when the entry is forced to disk and in the transcript; fails with a
     *     {@code JournalException} when it is not, and then it is in neither. Completes on an I/O thread: go on
     *     elsewhere
     */
    CompletableFuture<Long> append(Entry entry);

    /**
     * Up to {@code limit} messages of the active path before {@code messageId}, from memory or from the file.
     *
     * @return empty if there is no such message
     * @throws IOException if the file cannot be read
     */
    Page before(String messageId, int limit) throws IOException;

    /** The message with that id, from memory or from the file. */
    Optional<Message> message(String messageId) throws IOException;

    /**
     * The messages with those ids, by id, from memory or from the file, which is read backwards until all are found.
     *
     * @return without those that are not there
     */
    Map<String, Message> messages(Set<String> ids) throws IOException;

    /**
     * The newest calls to models, on whichever branch, oldest first; the file is read backwards until there are enough.
     *
     * @param most how many at most, at least one
     */
    List<Call> calls(int most) throws IOException;

    /**
     * What was sent for a reply, from the file, which is read backwards as far as that reaches.
     *
     * @return empty if the reply has no trace, or there is none with that id
     */
    Optional<Traced> traced(String replyId) throws IOException;

    /** Takes so much of the file into the transcript that it has everything behind line {@code seq}. */
    void reachLine(long seq) throws IOException;

    /** Takes so much of the file into the transcript that it has message {@code id}; empty: all. */
    void reachMessage(Optional<String> id) throws IOException;

    /** Makes {@link #sent} know the keys of messages that are in the file only. Reads it at most once. */
    void recallSendKeys() throws IOException;

    /** What was sent under a send key in the last 24 hours, as far as it is known; see {@link #recallSendKeys}. */
    Optional<Transcript.Sent> sent(String sendKey);

    /** By kind, the number that its next placeholder will have. */
    Map<String, Integer> placeholders();

    /**
     * Lets the file take the form in which it rests while nobody uses the conversation. What is appended meanwhile waits.
     *
     * @return completes when it has; fails if it could not, and then it is as it was
     */
    CompletableFuture<Void> rest();

    /** Sets the one listener; the last one set is called. */
    void listen(Listener listener);

    /** Whether entries can be appended. If not, the disk has failed, and opening it anew may help. */
    boolean writable();

    /** Whether damage was found when it was opened. */
    boolean damaged();
}
