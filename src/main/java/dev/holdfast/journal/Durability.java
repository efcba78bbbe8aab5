package dev.holdfast.journal;

/** How safe a line must be before its append is acknowledged. Persisted nowhere. */
public enum Durability {
    /** It survives a power cut. */
    FORCED,

    /**
     * It survives the end of this process, not of the machine. For deltas only: a power cut may leave NUL bytes in the
     * place of a line that was not forced and sound lines behind it, and only of deltas is it known that they can be
     * cut.
     */
    WRITTEN
}
