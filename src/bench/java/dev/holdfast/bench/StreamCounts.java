package dev.holdfast.bench;

/** What readers heard within a time, and how late. Written by one thread; the others look when that is at rest. */
final class StreamCounts {
    private static final int MICROS_A_BIN = 100;
    private static final int BINS = 100_000;

    private final int[] ages = new int[BINS];
    private volatile long tokens;
    private long events;

    /** @param age in microseconds */
    void token(int age) {
        ages[Math.min(age / MICROS_A_BIN, BINS - 1)]++;
        tokens = tokens + 1;
    }

    void event() {
        events++;
    }

    long tokens() {
        return tokens;
    }

    long events() {
        return events;
    }

    /** The age in milliseconds that so many of a hundred tokens did not exceed when they were heard. */
    double percentile(double percent) {
        long upTo = (long) Math.ceil(tokens * percent / 100);
        long counted = 0;
        for (int bin = 0; bin < BINS; bin++) {
            counted += ages[bin];
            if (counted >= upTo) {
                return (bin + 1) * MICROS_A_BIN / 1e3;
            }
        }
        return BINS * MICROS_A_BIN / 1e3;
    }
}
