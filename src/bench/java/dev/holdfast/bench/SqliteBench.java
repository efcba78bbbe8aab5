package dev.holdfast.bench;

import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Durable appends a second, one file a conversation against one SQLite database for all: with a commit an append, as a
 * program does that acknowledges each, and with commits of all that waited meanwhile. The same lines on both sides; all
 * run by turns; a ratio is the median over the pairs.
 */
final class SqliteBench implements Benchmark {
    private static final int[] WIDTHS = {1, 8, 32, 128};
    private static final int PAIRS = 9;
    private static final int WARM_UP_RUNS = 8;
    private static final int WARM_UP_WIDTH = 32;
    private static final int TEXTS = 1_000;

    private final List<JsonObject> bodies = Chat.bodies(TEXTS);

    @Override
    public void run(PrintStream out) throws Exception {
        Table table = new Table(
                "conversations",
                "SQLite, a commit an append",
                "journal",
                "ratio",
                "goal",
                "SQLite, batched commits",
                "ratio");
        ExecutorService io = Executors.newFixedThreadPool(JournalBench.IO_THREADS);
        try (ScratchFolder scratch = new ScratchFolder()) {
            measure(scratch, WARM_UP_WIDTH, WARM_UP_RUNS, io);
            for (int width : WIDTHS) {
                measure(scratch, width, 1, io);
                table.row(measure(scratch, width, PAIRS, io).cells(width));
            }
        } finally {
            io.shutdown();
        }
        out.println("Durable appends a second, against SQLite (WAL, synchronous=FULL): medians (range) over " + PAIRS
                + " pairs of runs, messages of about 350 bytes, " + Machine.described() + "\n\n" + table);
    }

    private Measured measure(ScratchFolder scratch, int width, int runs, ExecutorService io) throws Exception {
        Measured measured = new Measured();
        Path folder = scratch.folder("journal");
        SqliteLines sqlite = new SqliteLines(scratch.folder("sqlite"), width, bodies);
        try (OpenJournals journals = new OpenJournals(folder, width, io, bodies)) {
            for (int run = 0; run < runs; run++) {
                measured.sqlite.add(sqlite.rate());
                measured.journal.add(journals.rate());
                measured.batched.add(sqlite.rateBatched());
            }
        }
        return measured;
    }

    private static final class Measured {
        private final Samples sqlite = new Samples();
        private final Samples journal = new Samples();
        private final Samples batched = new Samples();

        String[] cells(int width) {
            return new String[] {
                Integer.toString(width),
                sqlite.text("%.0f"),
                journal.text("%.0f"),
                journal.dividedBy(sqlite).text("%.2f"),
                width < 32 ? "" : "≥ 4",
                batched.text("%.0f"),
                journal.dividedBy(batched).text("%.2f")
            };
        }
    }
}
