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
 * How long one durable append takes in conversations of different ages. They are added to by turns; a ratio is the median
 * over the rounds.
 */
final class AgeBench implements Benchmark {
    private static final int[] MESSAGES = {10, 1_000, 100_000, 1_000_000};
    private static final int ROUNDS = 21;
    private static final int APPENDS = 40;

    @Override
    public void run(PrintStream out) throws Exception {
        ExecutorService io = Executors.newFixedThreadPool(JournalBench.IO_THREADS);
        List<Journal> journals = new ArrayList<>();
        try (ScratchFolder scratch = new ScratchFolder()) {
            Path folder = scratch.folder("age");
            for (int messages : MESSAGES) {
                journals.add(open(folder, messages, GrownFile.journals(folder, io)));
            }
            List<Latency.Action> appends =
                    journals.stream().map(AgeBench::append).toList();
            print(Latency.micros(ROUNDS, APPENDS, appends), out);
            for (Journal journal : journals) {
                journal.close();
            }
        } finally {
            io.shutdown();
        }
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

    private static void print(List<Samples> micros, PrintStream out) {
        Table table = new Table("messages in the file", "one durable append, µs", "ratio to the youngest", "goal");
        for (int i = 0; i < MESSAGES.length; i++) {
            table.row(
                    Table.count(MESSAGES[i]),
                    micros.get(i).text("%.0f"),
                    micros.get(i).dividedBy(micros.get(0)).text("%.2f"),
                    i == 0 ? "" : "≤ 1.25");
        }
        out.println("One append in conversations of different ages: medians (range) over " + ROUNDS + " rounds of "
                + APPENDS + " appends, messages of about 350 bytes, " + Machine.described() + "\n\n" + table);
    }
}
