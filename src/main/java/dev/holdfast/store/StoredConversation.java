package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Transcript;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One conversation that is open: its transcript in memory and its file behind it. Thread-safe. An entry is in the
 * transcript only once it is on disk.
 */
public interface StoredConversation {

    /** Hears of every entry. Called with the conversation locked, in file order, after the transcript has the entry. */
    interface Listener {
        void appended(long seq, Entry entry);
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

    /** Sets the one listener; the last one set is called. */
    void listen(Listener listener);

    /** Whether entries can be appended. If not, the disk has failed, and opening it anew may help. */
    boolean writable();

    /** Whether damage was found when it was opened. */
    boolean damaged();
}
