package dev.holdfast.journal;

/**
 * What reading a file to its end found.
 *
 * @param ours whether it is a journal of ours; only such a one is ever written to
 * @param lastSeq the number of the last sound line; -1 if there is none
 * @param soundEnd where the tail to cut begins, in bytes; the file's size if there is none
 * @param lacking the bytes to write there, if the last frame is sound and not closed
 * @param locked whether something is whole and no key opens it
 * @param lockedAtEnd whether what comes last is
 */
record JournalScan(boolean ours, long lastSeq, long soundEnd, byte[] lacking, boolean locked, boolean lockedAtEnd) {
    static JournalScan foreign(long lastSeq, long soundEnd) {
        return new JournalScan(false, lastSeq, soundEnd, new byte[0], false, false);
    }
}
