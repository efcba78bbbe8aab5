package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an operator does to the files of a store. All methods work on the calling thread, one conversation at a time,
 * each safe while people chat. Thread-safe.
 *
 * <p>The consumers that are handed in hear of each conversation as it is done, with nothing locked: they may wait. What
 * one of them throws ends the work after that conversation and comes out of the method; what was done stays.
 *
 * <p>A conversation that is named and is not there is no error: the consumer hears nothing. Where there is no consumer
 * an {@link IOException} says so.
 */
public interface Maintenance {
    /** How conversations are moved to the trash and back while people may be using them. */
    interface Moves {
        void delete(ConversationId id) throws IOException;

        void restore(ConversationId id) throws IOException;
    }

    /** What a check of one file found. */
    enum Health {
        SOUND,
        /** A torn end, as a crash leaves it, that opening will cut off, or has. */
        HEALED,
        DAMAGED,
        /** No key opens it. */
        LOCKED,
        /** Another program's, without checksums. */
        UNCHECKED,
        UNREADABLE
    }

    /**
     * Something that is not as it was written.
     *
     * @param line the number of the line, from 1
     * @param offset where it begins, in bytes
     * @param bytes how many there are; 0 if something is missing before the line
     * @param sentence what is wrong; quotes no content
     */
    record Damage(long line, long offset, long bytes, String sentence) {}

    /**
     * What a check of one file found.
     *
     * @param conversation its id; of another file, its name
     * @param file relative to the data folder
     * @param form how it lies in its file: {@code plain}, {@code gzip} or {@code sealed}
     * @param lines how many are sound, or of another program's readable
     * @param tornBytes how many at the end a crash left
     * @param sentence why it cannot be read; else empty
     */
    record Finding(
            String conversation,
            String file,
            Health health,
            String form,
            long lines,
            long tornBytes,
            List<Damage> damage,
            String sentence) {
        public Finding {
            damage = List.copyOf(damage);
        }
    }

    /** Bytes that were cut off, or a file that was set aside. @param file relative to the data folder */
    record Quarantined(String file, long bytes) {}

    /** How one conversation fared. */
    enum Outcome {
        DONE,
        /** It was not worth it, or was so already. */
        UNCHANGED,
        REFUSED
    }

    /**
     * What was done to one conversation.
     *
     * @param conversation its id; of another file, its name
     * @param sentence why, unless it was done; may be empty
     */
    record Step(String conversation, Outcome outcome, String sentence, long bytesBefore, long bytesAfter) {}

    /** A conversation in the trash. @param title may be empty */
    record Trashed(ConversationId id, String title, Instant deletedAt, long bytes) {}

    /** Reads files whole and changes nothing: one conversation's or, if none is named, all that are kept. */
    void check(Optional<ConversationId> only, Consumer<Finding> each) throws IOException;

    /** What lies in quarantine. */
    List<Quarantined> quarantined() throws IOException;

    /** Writes one or all anew, where that is worth it: in the form that is set, without deltas of closed replies. */
    void repack(Optional<ConversationId> only, Consumer<Step> each) throws IOException;

    /**
     * Reads the key file again, then seals with its newest key all that another key seals. Can be cut off anywhere and
     * begun again.
     *
     * @throws IOException if no key file is set or it cannot be read; nothing was done
     */
    void rekey(Consumer<Step> each) throws IOException;

    /** Makes the catalog anew from the files. @return how many conversations there are */
    long reindex() throws IOException;

    /** What is in the trash, the last deleted first. */
    List<Trashed> trash() throws IOException;

    /** Moves a conversation to the trash. */
    void delete(ConversationId id) throws IOException;

    /** Brings a conversation back from the trash. */
    void restore(ConversationId id) throws IOException;

    /**
     * Removes for good what is in the trash: one, or all that were deleted before an instant. Nothing of them is left
     * then, in index, quarantine, drafts, outbox or links.
     *
     * @return how many were removed
     */
    long purge(Optional<ConversationId> only, Instant deletedBefore, Consumer<Step> each) throws IOException;
}
