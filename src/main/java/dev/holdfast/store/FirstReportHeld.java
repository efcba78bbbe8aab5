package dev.holdfast.store;

import dev.holdfast.journal.DamageReporter;
import java.nio.file.Path;
import java.util.Optional;

/** Passes on what is reported, but holds the first report until there is a second one or it is released. For one thread. */
final class FirstReportHeld implements DamageReporter {
    private record Report(Path file, long line, long offset, long bytes, String sentence) {}

    private final DamageReporter next;
    private Optional<Report> held = Optional.empty();
    private long reports;

    FirstReportHeld(DamageReporter next) {
        this.next = next;
    }

    @Override
    public void healed(Path file, long bytesCut, Path keptIn) {
        next.healed(file, bytesCut, keptIn);
    }

    @Override
    public void damaged(Path file, long line, long offset, long bytes, String sentence) {
        reports++;
        if (reports == 1) {
            held = Optional.of(new Report(file, line, offset, bytes, sentence));
        } else {
            release();
            next.damaged(file, line, offset, bytes, sentence);
        }
    }

    void release() {
        held.ifPresent(first -> next.damaged(first.file, first.line, first.offset, first.bytes, first.sentence));
        held = Optional.empty();
    }

    /** Whether anything was reported. */
    boolean any() {
        return reports > 0;
    }

    /** Whether there is one report, of so many bytes; a line end behind them does not count. */
    boolean isOf(long size) {
        return reports == 1 && held.filter(only -> size - only.bytes <= 2).isPresent();
    }
}
