package dev.holdfast.bench;

import java.util.ArrayList;
import java.util.List;

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
        return String.format(format + " (" + format + "–" + format + ")", median(), least(), most());
    }
}
