package dev.holdfast.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One quantity, measured again and again. Not thread-safe. */
final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    /** @throws IllegalStateException if nothing was measured */
    double median() {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double most() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** The median with its range: {@code 530 (512–611)}. */
    String text(String format) {
        return String.format(Locale.ROOT, format + " (" + format + "–" + format + ")", median(), least(), most());
    }

    /**
     * Each of these by the other that was measured next to it. What slows the machine down for a while slows both, so
     * the quotients vary less than the values.
     *
     * @throws IllegalArgumentException if there are not as many of the others
     */
    Samples dividedBy(Samples others) {
        if (values.size() != others.values.size()) {
            throw new IllegalArgumentException(values.size() + " values by " + others.values.size());
        }
        Samples quotients = new Samples();
        for (int i = 0; i < values.size(); i++) {
            quotients.add(values.get(i) / others.values.get(i));
        }
        return quotients;
    }
}
