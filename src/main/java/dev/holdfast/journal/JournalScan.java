package dev.holdfast.journal;

/**
 * What reading a whole file found.
 *
 * @param ours whether it is a journal of ours; only such a one is ever written to
 * @param lastSeq the number of the last sound line; -1 if there is none
 * @param soundEnd where the tail to cut begins, in bytes; the file's size if there is none
 * @param lineEndMissing whether the last sound line is complete but for its line end
 */
record JournalScan(boolean ours, long lastSeq, long soundEnd, boolean lineEndMissing) {}
