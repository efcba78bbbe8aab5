package dev.holdfast.bench;

import dev.holdfast.it.RunningProcess;
import dev.holdfast.store.FilledCatalog;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists and searches over 100,000 conversations, all of one owner or shared by 100, in the clear and sealed. Opening is
 * measured in a new process each time, from the beginning of its {@code main} to the first answered list; the rest in one
 * process, each question after a change that has to be seen in the answer.
 */
final class CatalogBench implements Benchmark {
    private static final int OPENINGS = 7;
    private static final int PAGES = 200;
    private static final int ROUNDS = 20;
    private static final Pattern OPENED = Pattern.compile("first page after (\\d+) ms");

    @Override
    public void run(PrintStream out) throws Exception {
        out.printf(
                "Catalog of %,d conversations, %,d of them with %d messages each: medians (range) in ms, JDK %s,"
                        + " %d cores%n%n",
                FilledCatalog.CONVERSATIONS,
                FilledCatalog.TOLD,
                FilledCatalog.MESSAGES,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        Table table =
                new Table("", "goal", "clear, one owner", "clear, 100 owners", "sealed, one owner", "sealed, 100");
        Measured[] all = {measure(false, 1), measure(false, 100), measure(true, 1), measure(true, 100)};
        table.row(row("open to first list", "< 2000", all, 0));
        table.row(row("first page, 50 rows", "< 20", all, 1));
        table.row(row("search, 20 hits", "< 50", all, 2));
        table.row(row("all marks", "< 1000", all, 3));
        out.println(table);
    }

    private static String[] row(String name, String goal, Measured[] all, int what) {
        String[] row = new String[2 + all.length];
        row[0] = name;
        row[1] = goal;
        for (int i = 0; i < all.length; i++) {
            Measured measured = all[i];
            row[2 + i] = List.of(measured.open, measured.page, measured.search, measured.marks)
                    .get(what)
                    .text(what == 0 ? "%.0f" : "%.1f");
        }
        return row;
    }

    private static final class Measured {
        private final Samples open = new Samples();
        private final Samples page = new Samples();
        private final Samples search = new Samples();
        private final Samples marks = new Samples();
    }

    private static Measured measure(boolean sealed, int owners) throws Exception {
        Path target = Files.createDirectories(Path.of("target")).toAbsolutePath();
        Path folder = Files.createTempDirectory(target, "catalog-bench");
        Measured measured = new Measured();
        try {
            Path index = folder.resolve("index");
            try (FilledCatalog catalog = new FilledCatalog(index, sealed)) {
                catalog.fill(owners);
                ask(catalog, owners, new Measured()); // Not counted: warms up.
                ask(catalog, owners, measured);
            }
            for (int i = 0; i < OPENINGS; i++) {
                measured.open.add(open(folder, index, sealed));
            }
        } finally {
            delete(folder);
        }
        return measured;
    }

    private static void ask(FilledCatalog catalog, int owners, Measured measured) {
        for (int i = 0; i < PAGES; i++) {
            int owner = i % owners;
            catalog.touch(owner);
            time(measured.page, () -> catalog.firstPage(owner));
        }
        for (int round = 0; round < ROUNDS; round++) {
            int owner = round % owners;
            for (String query : FilledCatalog.queries()) {
                catalog.touch(owner);
                time(measured.search, () -> catalog.search(owner, query));
            }
            time(measured.marks, catalog::marks);
        }
    }

    private static void time(Samples samples, Runnable action) {
        long begin = System.nanoTime();
        action.run();
        samples.add((System.nanoTime() - begin) / 1e6);
    }

    private static double open(Path folder, Path index, boolean sealed) throws Exception {
        try (RunningProcess process =
                Programs.start(folder, FilledCatalog.class, index.toString(), Boolean.toString(sealed))) {
            return Double.parseDouble(
                    process.awaitLine(OPENED, Duration.ofMinutes(2)).group(1));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
