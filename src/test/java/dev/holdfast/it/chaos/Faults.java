package dev.holdfast.it.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was seen that must not be. Thread-safe. */
final class Faults {
    private final List<String> seen = new ArrayList<>();

    synchronized void add(String format, Object... arguments) {
        seen.add(String.format(Locale.ROOT, format, arguments));
    }

    synchronized List<String> seen() {
        return List.copyOf(seen);
    }
}
