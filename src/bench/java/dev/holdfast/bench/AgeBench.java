package dev.holdfast.bench;

import com.google.gson.JsonObject;
import dev.holdfast.journal.Durability;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How long one durable append takes in conversations of different ages: of the journal alone, and through redaction and
 * store, where the conversation has been open since it began. They are added to by turns; a ratio is the median over the
 * rounds.
 */
final class AgeBench implements Benchmark {
    private static final int[] MESSAGES = {10, 1_000, 100_000, 1_000_000};
    private static final int ROUNDS = 21;
    private static final int APPENDS = 40;
    private static final int TEXTS = 1_000;

    @Override
    public void run(PrintStream out) throws Exception {
        ExecutorService io = Executors.newFixedThreadPool(JournalBench.IO_THREADS);
        List<Samples> journal;
        List<Samples> store;
        try (ScratchFolder scratch = new ScratchFolder()) {
            journal = journal(scratch.folder("journal"), io);
            store = store(scratch.folder("store"), io);
        } finally {
            io.shutdown();
        }
        Table table = new Table(
                "messages before", "journal, µs", "ratio to the youngest", "redaction and store, µs", "ratio", "goal");
        for (int i = 0; i < MESSAGES.length; i++) {
            table.row(
                    Table.count(MESSAGES[i]),
                    journal.get(i).text("%.0f"),
                    journal.get(i).dividedBy(journal.get(0)).text("%.2f"),
                    store.get(i).text("%.0f"),
                    store.get(i).dividedBy(store.get(0)).text("%.2f"),
                    i == 0 ? "" : "≤ 1.25");
        }
        out.println("One durable append in conversations of different ages: medians (range) over " + ROUNDS
                + " rounds of " + APPENDS + " appends, messages of about 350 bytes, " + Machine.described() + "\n\n"
                + table);
    }

    private static List<Samples> journal(Path folder, ExecutorService io) throws Exception {
        List<Journal> journals = new ArrayList<>();
        for (int messages : MESSAGES) {
            journals.add(open(folder, messages, GrownFile.journals(folder, io)));
        }
        List<Latency.Action> appends = journals.stream().map(AgeBench::append).toList();
        List<Samples> micros = Latency.micros(ROUNDS, APPENDS, appends);
        for (Journal journal : journals) {
            journal.close();
        }
        return micros;
    }

    private static Journal open(Path folder, int messages, Journals journals) throws IOException {
        Path file = GrownFile.make(folder, JournalForm.PLAIN, messages);
        return journals.openAtTail(file, GrownFile.newest(1), line -> {}, new NoDamage());
    }

    private static Latency.Action append(Journal journal) {
        List<JsonObject> bodies = Chat.bodies(APPENDS);
        int[] next = {0};
        return () -> journal.append(bodies.get(next[0]++ % APPENDS), Durability.FORCED)
                .join();
    }

    private static List<Samples> store(Path folder, ExecutorService io) throws Exception {
        List<String> texts = Chat.bodies(TEXTS).stream()
                .map(body -> body.get("content").getAsString())
                .toList();
        LaterForcedDisk disk = new LaterForcedDisk();
        try (OpenStore store = new OpenStore(disk, folder, io, texts)) {
            List<Latency.Action> appends = new ArrayList<>();
            for (int messages : MESSAGES) {
                OpenStore.Talk talk = store.begin();
                talk.grow(messages);
                appends.add(() -> talk.append().join());
            }
            disk.forceFromNowOn();
            return Latency.micros(ROUNDS, APPENDS, appends);
        }
    }
}
