package dev.holdfast.store;

import dev.holdfast.journal.JournalLine;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the newest part of a conversation begins that is held in memory: at a checkpoint with enough messages behind it.
 * Is shown a file's lines from the newest on; used once.
 */
final class TailStart implements Predicate<JournalLine> {
    /** What a page shows when it is opened. */
    private static final int MESSAGES = 50;

    private final long seq;
    private Optional<String> sought;
    private int messages;

    private TailStart(long seq, Optional<String> sought) {
        this.seq = seq;
        this.sought = sought;
    }

    /** The newest messages. */
    static TailStart newest() {
        return new TailStart(Long.MAX_VALUE, Optional.empty());
    }

    /** Those, and everything behind line {@code seq}. */
    static TailStart before(long seq) {
        return new TailStart(seq, Optional.empty());
    }

    /** Those, and everything from message {@code id} on. */
    static TailStart before(String id) {
        return new TailStart(Long.MAX_VALUE, Optional.of(id));
    }

    /** Everything. */
    static TailStart all() {
        return new TailStart(-1, Optional.empty());
    }

    @Override
    public boolean test(JournalLine line) {
        if (EntryJson.isMessage(line.json())) {
            messages++;
            sought = sought.filter(id -> !EntryJson.idOfMessage(line.json()).equals(Optional.of(id)));
        }
        return EntryJson.isCheckpoint(line.json()) && messages >= MESSAGES && sought.isEmpty() && line.seq() <= seq;
    }
}
