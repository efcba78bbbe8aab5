package dev.holdfast.store;

import dev.holdfast.journal.DamageReporter;
import dev.holdfast.journal.JournalLine;
import java.nio.file.Path;

/**
 * Reports lines of one file that are sound as lines and yet not all right.
 *
 * @param reporter is told where in the file, as far as that is known: of our own files not the line
 */
record LineNotes(Path file, DamageReporter reporter) {

    /** It is no message that can be understood. */
    void skipped(JournalLine line, String sentence) {
        reporter.damaged(file, number(line), 0, 0, at(line) + sentence + " It was passed over.");
    }

    /** The message before it is lost. */
    void orphan(JournalLine line) {
        reporter.damaged(
                file,
                number(line),
                0,
                0,
                at(line)
                        + "The message answers one that is not in the file; it is read as an answer to the one before.");
    }

    private static long number(JournalLine line) {
        return line.checked() ? 0 : line.seq() + 1;
    }

    private static String at(JournalLine line) {
        return line.checked() ? "Number " + line.seq() + ": " : "";
    }
}
