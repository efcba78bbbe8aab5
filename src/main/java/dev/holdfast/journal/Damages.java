package dev.holdfast.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file. For one thread. */
final class Damages implements DamageReporter {
    private final List<JournalReport.Damage> found = new ArrayList<>();

    @Override
    public void healed(Path file, long bytesCut, Path keptIn) {
        // Whoever only reads cuts nothing.
    }

    @Override
    public void damaged(Path file, long line, long offset, long bytes, String sentence) {
        found.add(new JournalReport.Damage(line, offset, bytes, sentence));
    }

    List<JournalReport.Damage> found() {
        return List.copyOf(found);
    }
}
