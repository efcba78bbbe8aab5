package dev.holdfast.bench;

import com.google.gson.JsonObject;
import dev.holdfast.journal.FileDisk;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
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
    static final int IO_THREADS = 48;

    /** What runs from cold is as slow as the compiler is busy. */
    private static final int WARM_UP_RUNS = 10;

    private static final int WARM_UP_WIDTH = 32;
    private static final int TEXTS = 1_000;

    private final List<JsonObject> bodies = Chat.bodies(TEXTS);
    private final List<String> texts =
            bodies.stream().map(body -> body.get("content").getAsString()).toList();

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
            measure(scratch, WARM_UP_WIDTH, WARM_UP_RUNS, io);
            for (int width : WIDTHS) {
                measure(scratch, width, 1, io);
                measure(scratch, width, PAIRS, io).rows(width);
            }
        } finally {
            io.shutdown();
        }
        String how = "medians (range) over " + PAIRS + " pairs of runs, messages of about 350 bytes, " + IO_THREADS
                + " I/O threads, " + Machine.described();
        out.println("Durable appends a second: " + how + "\n\n" + calledBack);
        out.println("The same where a thread waits for each append\n\n" + waiting);
    }

    /** Files and threads are the same in all runs; the store is a new one each time, or its memory would grow. */
    private Measured measure(ScratchFolder scratch, int width, int runs, ExecutorService io) throws Exception {
        List<String> lines = bodies.stream().map(JsonObject::toString).toList();
        Measured measured = new Measured();
        try (RawFiles raw = new RawFiles(scratch.folder("raw"), width, lines);
                OpenJournals journals = new OpenJournals(scratch.folder("journal"), width, io, bodies)) {
            for (int run = 0; run < runs; run++) {
                try (OpenStore store = new OpenStore(new FileDisk(), scratch.folder("store"), io, texts)) {
                    measured.round(raw, journals, begin(store, width), io);
                }
            }
        }
        return measured;
    }

    private static List<AppendRate.CalledBack> begin(OpenStore store, int conversations) throws IOException {
        List<AppendRate.CalledBack> begun = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
            begun.add(store.begin());
        }
        return begun;
    }

    private final class Measured {
        private final Samples raw = new Samples();
        private final Samples rawHandedOver = new Samples();
        private final Samples journal = new Samples();
        private final Samples journalWaiting = new Samples();
        private final Samples store = new Samples();

        void round(RawFiles files, OpenJournals journals, List<AppendRate.CalledBack> conversations, ExecutorService io)
                throws Exception {
            raw.add(files.rate());
            journal.add(journals.rate());
            store.add(AppendRate.ofCalledBack(conversations));
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
