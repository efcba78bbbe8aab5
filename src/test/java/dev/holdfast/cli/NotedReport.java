package dev.holdfast.cli;

import java.util.ArrayList;
import java.util.List;

/** Notes the lines: {@code out …} and {@code err …}. For one thread. */
final class NotedReport implements Report {
    final List<String> lines = new ArrayList<>();

    @Override
    public void out(String line) {
        lines.add("out " + line);
    }

    @Override
    public void err(String line) {
        lines.add("err " + line);
    }

    @Override
    public void checkReader() {
        // Reads to the end.
    }
}
