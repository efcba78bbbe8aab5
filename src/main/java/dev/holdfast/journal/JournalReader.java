package dev.holdfast.journal;

import dev.holdfast.journal.LineSplitter.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one file by the rules of {@link JournalFormat}, from its start, its end or a number on; changes nothing. Sound
 * lines go to a consumer, in order, everything else to the reporter.
 *
 * @param opened read by one thread at a time
 */
record JournalReader(DiskFile opened, Path file, Framing framing, DamageReporter reporter) {

    /**
     * Reads all.
     *
     * @throws JournalException if it is a journal in a format that is not known
     */
    JournalScan all(Consumer<JournalLine> lines) throws IOException {
        return isForeign() ? foreign(lines) : forward(0, new OurLines(file, lines, reporter));
    }

    /** Only the plain form is written by other programs too. */
    private boolean isForeign() throws IOException {
        if (JournalForm.of(file) != JournalForm.PLAIN) {
            return false;
        }
        LineSplitter splitter = splitter();
        Optional<Line> first = splitter.next();
        if (first.isEmpty()) {
            return true;
        }
        if (JournalFormat.looksLikeOurs(first.get().bytes())) {
            return false;
        }
        Optional<Line> second = splitter.next();
        return second.isEmpty() || !JournalFormat.sealed(second.get().bytes());
    }

    private LineSplitter splitter() {
        return new LineSplitter(opened, 0, JournalFormat.MAX_LINE_BYTES);
    }

    private JournalScan foreign(Consumer<JournalLine> lines) throws IOException {
        ForeignLines rules = new ForeignLines(file, lines, reporter);
        LineSplitter splitter = splitter();
        for (Optional<Line> line = splitter.next(); line.isPresent(); line = splitter.next()) {
            rules.take(line.get());
        }
        return rules.end();
    }

    private JournalScan forward(long offset, OurLines rules) throws IOException {
        FrameReader frames = framing.forward(opened, offset);
        for (Optional<Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
            rules.take(frame.get());
        }
        return rules.end();
    }
}
