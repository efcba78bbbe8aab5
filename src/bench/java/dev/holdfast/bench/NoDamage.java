package dev.holdfast.bench;

import dev.holdfast.journal.DamageReporter;
import java.nio.file.Path;

/** Ends a benchmark whose files are not as they were written. */
final class NoDamage implements DamageReporter {
    @Override
    public void healed(Path file, long bytesCut, Path keptIn) {
        throw new IllegalStateException(file + ": " + bytesCut + " bytes were cut off");
    }

    @Override
    public void damaged(Path file, long line, long offset, long bytes, String sentence) {
        throw new IllegalStateException(file + ", byte " + offset + ": " + sentence);
    }
}
