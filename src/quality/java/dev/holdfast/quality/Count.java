package dev.holdfast.quality;

import java.util.Locale;

/** So many of all. */
record Count(int some, int all) {
    static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
        return new Count(some + other.some, all + other.all);
    }

    /** Nothing is complete. */
    double percent() {
        return all == 0 ? 100 : 100.0 * some / all;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d of %d, %.1f %%", some, all, percent());
    }
}
