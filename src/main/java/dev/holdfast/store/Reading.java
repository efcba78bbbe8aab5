package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.journal.JournalLine;
import dev.holdfast.protect.Placeholders;
import java.time.Instant;
import java.util.Optional;

/** What a pass over the lines of a conversation's file finds. For one thread. */
final class Reading {
    private final ConversationId id;
    private final Transcript transcript = new Transcript();
    private final Placeholders placeholders = new Placeholders();
    private Header header;
    private Instant deletedAt;

    Reading(ConversationId id) {
        this.id = id;
    }

    /** The next line of the file. */
    void line(JournalLine line) {
        Entry entry = EntryJson.read(line.json());
        if (header == null && entry instanceof Entry.Unknown) {
            header = Header.read(id, line.json()).orElse(null);
        }
        if (entry instanceof Entry.Deleted deleted) {
            deletedAt = deleted.timestamp();
        }
        transcript.apply(line.seq(), entry);
        placeholders.note(entry);
    }

    /** Empty if no line says whose conversation it is. */
    Optional<Header> header() {
        return Optional.ofNullable(header);
    }

    /** When it was last moved to the trash; empty if it never was. */
    Optional<Instant> deletedAt() {
        return Optional.ofNullable(deletedAt);
    }

    Transcript transcript() {
        return transcript;
    }

    Placeholders placeholders() {
        return placeholders;
    }

    /** Whether the part that was read refers to parts that were not. */
    boolean needsAll() {
        return transcript.tree().reachesBack();
    }
}
