package dev.holdfast.store;

import dev.holdfast.journal.DamageReporter;
import java.nio.file.Path;

/** Remembers whether a file was damaged, and passes on what was reported. */
final class DamageNote implements DamageReporter {
    /** For passes that only look: the one that opens the file reports. */
    static final DamageReporter SILENT = new DamageReporter() {
        @Override
        public void healed(Path file, long bytesCut, Path keptIn) {}

        @Override
        public void damaged(Path file, long line, long offset, long bytes, String sentence) {}
    };

    private final DamageReporter next;
    private boolean damaged;

    DamageNote(DamageReporter next) {
        this.next = next;
    }

    @Override
    public void healed(Path file, long bytesCut, Path keptIn) {
        next.healed(file, bytesCut, keptIn);
    }

    @Override
    public void damaged(Path file, long line, long offset, long bytes, String sentence) {
        damaged = true;
        next.damaged(file, line, offset, bytes, sentence);
    }

    void unreadable() {
        damaged = true;
    }

    boolean damaged() {
        return damaged;
    }
}
