package dev.holdfast.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Notes what it is told, as texts to compare. For one thread. */
public final class NotedDamage implements DamageReporter {
    private final List<String> notes = new ArrayList<>();
    private final List<Path> keptIn = new ArrayList<>();

    @Override
    public void healed(Path file, long bytesCut, Path keptIn) {
        notes.add("healed " + bytesCut);
        this.keptIn.add(keptIn);
    }

    @Override
    public void damaged(Path file, long line, long offset, long bytes, String sentence) {
        notes.add("damaged line " + line + " at " + offset + "+" + bytes + ": " + sentence);
    }

    /** In the order in which they came. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Where cut bytes were put. */
    public List<Path> keptIn() {
        return List.copyOf(keptIn);
    }
}
