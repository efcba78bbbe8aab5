package dev.holdfast.bench;

import java.util.List;

/** How long each of several things takes that are done by turns, again and again. */
final class Latency {
    private static final int WARM_UP_ROUNDS = 8;

    /** What is timed. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private Latency() {}

    /**
     * Microseconds of each action: per round the median of so many times.
     *
     * @param times how often each action is done in a round
     */
    static List<Samples> micros(int rounds, int times, List<? extends Action> actions) throws Exception {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            round(times, actions);
        }
        List<Samples> all = empty(actions);
        for (int round = 0; round < rounds; round++) {
            List<Samples> one = round(times, actions);
            for (int i = 0; i < actions.size(); i++) {
                all.get(i).add(one.get(i).median());
            }
        }
        return all;
    }

    private static List<Samples> round(int times, List<? extends Action> actions) throws Exception {
        List<Samples> micros = empty(actions);
        for (int time = 0; time < times; time++) {
            for (int i = 0; i < actions.size(); i++) {
                long begin = System.nanoTime();
                actions.get(i).run();
                micros.get(i).add((System.nanoTime() - begin) / 1e3);
            }
        }
        return micros;
    }

    private static List<Samples> empty(List<? extends Action> actions) {
        return actions.stream().map(action -> new Samples()).toList();
    }
}
