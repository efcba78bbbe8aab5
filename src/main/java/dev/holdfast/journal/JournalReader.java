package dev.holdfast.journal;

import dev.holdfast.journal.LineSplitter.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a file forward, once, by the rules of {@link JournalFormat}; changes nothing. */
final class JournalReader {
    private JournalReader() {}

    /**
     * Hands every sound line to {@code lines}, in order, and everything else to {@code reporter}.
     *
     * @throws JournalException if it is a journal in a format that is not known
     */
    static JournalScan read(DiskFile opened, Path file, Consumer<JournalLine> lines, DamageReporter reporter)
            throws IOException {
        LineSplitter splitter = new LineSplitter(opened);
        Optional<Line> first = splitter.next();
        if (first.isEmpty()) {
            return new JournalScan(false, -1, 0, false);
        }
        Optional<Line> second = splitter.next();
        boolean ours = JournalFormat.looksLikeOurs(first.get().bytes())
                || second.isPresent() && JournalFormat.sealed(second.get().bytes());
        LineRules rules = ours ? new OurLines(file, lines, reporter) : new ForeignLines(file, lines, reporter);
        rules.take(first.get());
        for (Optional<Line> line = second; line.isPresent(); line = splitter.next()) {
            rules.take(line.get());
        }
        return rules.end();
    }
}
