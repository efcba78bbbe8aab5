package dev.holdfast.journal;

import dev.holdfast.journal.LineSplitter.Line;
import java.io.IOException;

/** Judges the lines of one file, in order: hands on the sound ones, reports the others. */
interface LineRules {
    void take(Line line) throws IOException;

    /** After the last line: what was found. */
    JournalScan end();
}
