package dev.holdfast.bench;

/** How long something takes that is done again and again. */
final class Latency {
    /** What is timed. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private Latency() {}

    /** The median of some times in a row, in microseconds. */
    static double micros(int times, Action action) throws Exception {
        Samples each = new Samples();
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            action.run();
            each.add((System.nanoTime() - begin) / 1e3);
        }
        return each.median();
    }
}
