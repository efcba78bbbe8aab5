package dev.holdfast.window;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Learns, per model, by how much our count of what is sent differs from the provider's: other encodings, its own frame
 * around messages, tools that it describes to the model.
 *
 * <p>The factor is the ratio of reported to estimated tokens that would have been enough for 19 of 20 among the last
 * {@value #REPORTS} reports, and {@value #MARGIN_PERCENT} % more, for the next request is not like the last ones. It is no
 * average because the two errors differ in price: who counts too much leaves out a turn too early, who counts too little
 * is refused. So one report raises it, and it takes some to lower it. Reports weigh as much as they have tokens, up to
 * {@value #FULL_WEIGHT}: in a short request the provider's frame is most of the difference.
 *
 * <p>What cannot be is not learned from: a report of nothing, a request of less than {@value #LEAST} tokens, a report of
 * more than {@value #ABSURD} times the estimate or less than that part of it. The factor is never below 0.5 nor above 2,
 * and 1 before the first report. It belongs to what was sent so far: a kind of text that has more tokens than all before is
 * counted too low until its first report, and a mixture's factor is right for the mixture only.
 *
 * <p>At most {@value #MODELS} models are remembered; the one that was longest unused goes. Thread-safe.
 */
public final class Calibration {
    private static final int MODELS = 64;
    private static final int REPORTS = 32;
    private static final int MARGIN_PERCENT = 5;
    private static final long FULL_WEIGHT = 2_000;
    private static final long LEAST = 64;
    private static final long ABSURD = 6;
    private static final double LOWEST = 0.5;
    private static final double HIGHEST = 2;

    private final Map<String, Reports> models = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reports> eldest) {
            return size() > MODELS;
        }
    };

    /** What an estimate for this model is to be multiplied with, from 0.5 to 2. */
    public synchronized double factor(String model) {
        Reports reports = models.get(model);
        return reports == null ? 1 : reports.factor;
    }

    /**
     * Learns from a request that was answered.
     *
     * @param estimated what the counter said of all that was sent, not calibrated
     * @param reported what the provider said of it, from its cache or not
     */
    public synchronized void learn(String model, long estimated, long reported) {
        if (estimated >= LEAST && reported >= estimated / ABSURD && reported / ABSURD <= estimated) {
            models.computeIfAbsent(model, name -> new Reports()).add(estimated, (double) reported / estimated);
        }
    }

    /** The estimate times the factor, rounded up. */
    public int calibrated(String model, long estimated) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(estimated * factor(model)));
    }

    /** The last ones of a model, the oldest overwritten by the next. */
    private static final class Reports {
        private final Report[] last = new Report[REPORTS];
        private int count;
        private int next;
        private double factor = 1;

        void add(long estimated, double ratio) {
            last[next] = new Report(ratio, Math.min(FULL_WEIGHT, estimated));
            next = (next + 1) % REPORTS;
            count = Math.min(REPORTS, count + 1);
            double wanted = enough() * (100 + MARGIN_PERCENT) / 100;
            factor = Math.max(LOWEST, Math.min(HIGHEST, wanted));
        }

        private double enough() {
            Report[] byRatio = Arrays.copyOf(last, count);
            Arrays.sort(byRatio, Comparator.comparingDouble(Report::ratio).reversed());
            long all = Arrays.stream(byRatio).mapToLong(Report::weight).sum();
            long above = 0;
            int i = 0;
            while ((above + byRatio[i].weight) * 20 <= all) {
                above += byRatio[i++].weight;
            }
            return byRatio[i].ratio;
        }
    }

    private record Report(double ratio, long weight) {}
}
