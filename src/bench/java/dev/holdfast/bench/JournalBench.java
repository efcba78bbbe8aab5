package dev.holdfast.bench;

import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Durable appends a second, against as many threads that each write the same bytes to a file of their own and force it.
 * Each conversation has one append under way at a time, and begins the next one when it is called back, as in the server,
 * which keeps no thread waiting. All run by turns; a ratio is the median over the pairs.
 *
 * <p>The second table is about threads that do wait. Each of their appends costs two changes of thread, so it is shown
 * beside a bare write and force that another thread does for them.
 */
final class JournalBench implements Benchmark {
    private static final int[] WIDTHS = {1, 8, 32, 128};
    private static final int PAIRS = 9;

    /** As many as the program has. */
    static final int IO_THREADS = 32;

    private static final int WARM_UP_RUNS = 5;
    private static final int TEXTS = 1_000;

    private final Table calledBack = new Table(
            "conversations", "raw write and force", "journal", "ratio", "goal", "redaction and store", "ratio", "goal");
    private final Table waiting = new Table(
            "conversations",
            "raw, by another thread",
            "of raw",
            "journal, callers wait",
            "of raw by another thread",
            "of raw");

    @Override
    public void run(PrintStream out) throws Exception {
        ExecutorService io = Executors.newFixedThreadPool(IO_THREADS);
        try (ScratchFolder scratch = new ScratchFolder()) {
            for (int width : WIDTHS) {
                measure(scratch, width, io);
            }
        } finally {
            io.shutdown();
        }
        String how = "medians (range) over " + PAIRS + " pairs of runs, messages of about 350 bytes, " + IO_THREADS
                + " I/O threads, " + Machine.described();
        out.println("Durable appends a second: " + how + "\n\n" + calledBack);
        out.println("The same where a thread waits for each append\n\n" + waiting);
    }

    private void measure(ScratchFolder scratch, int width, ExecutorService io) throws Exception {
        List<JsonObject> bodies = Chat.bodies(TEXTS);
        List<String> texts =
                bodies.stream().map(body -> body.get("content").getAsString()).toList();
        List<String> lines = bodies.stream().map(JsonObject::toString).toList();
        try (RawFiles raw = new RawFiles(scratch.folder("raw"), width, lines);
                OpenJournals journals = new OpenJournals(scratch.folder("journal"), width, io, bodies);
                OpenStore store = new OpenStore(scratch.folder("store"), width, io, texts)) {
            Measured warmUp = new Measured();
            for (int run = 0; run < WARM_UP_RUNS; run++) {
                warmUp.round(raw, journals, store, io);
            }
            Measured measured = new Measured();
            for (int pair = 0; pair < PAIRS; pair++) {
                measured.round(raw, journals, store, io);
            }
            measured.rows(width);
        }
    }

    private final class Measured {
        private final Samples raw = new Samples();
        private final Samples rawHandedOver = new Samples();
        private final Samples journal = new Samples();
        private final Samples journalWaiting = new Samples();
        private final Samples store = new Samples();

        void round(RawFiles files, OpenJournals journals, OpenStore stored, ExecutorService io) throws Exception {
            raw.add(files.rate());
            journal.add(journals.rate());
            store.add(stored.rate());
            rawHandedOver.add(files.rateHandedOver(io));
            journalWaiting.add(journals.rateOfWaiting());
        }

        void rows(int width) {
            calledBack.row(
                    Integer.toString(width),
                    raw.text("%.0f"),
                    journal.text("%.0f"),
                    journal.dividedBy(raw).text("%.2f"),
                    width == 1 ? "≥ 0.90" : "≥ 0.65",
                    store.text("%.0f"),
                    store.dividedBy(raw).text("%.2f"),
                    "≥ 0.45");
            waiting.row(
                    Integer.toString(width),
                    rawHandedOver.text("%.0f"),
                    rawHandedOver.dividedBy(raw).text("%.2f"),
                    journalWaiting.text("%.0f"),
                    journalWaiting.dividedBy(rawHandedOver).text("%.2f"),
                    journalWaiting.dividedBy(raw).text("%.2f"));
        }
    }
}
