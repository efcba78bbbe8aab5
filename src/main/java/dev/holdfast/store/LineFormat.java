package dev.holdfast.store;

import dev.holdfast.journal.JournalLine;

/** Makes conversations of one program's lines. One instance a file, for one thread. */
interface LineFormat {
    /** The next line of the file. */
    void take(JournalLine line);

    /** After the last line. */
    void end();
}
