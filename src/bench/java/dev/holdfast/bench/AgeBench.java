package dev.holdfast.bench;

import com.google.gson.JsonObject;
import dev.holdfast.journal.Durability;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How long one durable append takes in conversations of different ages. The files are added to by turns; a ratio is the
 * median over the rounds.
 */
final class AgeBench implements Benchmark {
    private static final int[] MESSAGES = {10, 1_000, 100_000, 1_000_000};
    private static final int ROUNDS = 21;
    private static final int WARM_UP_ROUNDS = 5;
    private static final int APPENDS = 40;

    @Override
    public void run(PrintStream out) throws Exception {
        ExecutorService io = Executors.newFixedThreadPool(JournalBench.IO_THREADS);
        List<Journal> journals = new ArrayList<>();
        try (ScratchFolder scratch = new ScratchFolder()) {
            Path folder = scratch.folder("age");
            Journals opener = GrownFile.journals(folder, io);
            for (int messages : MESSAGES) {
                Path file = GrownFile.make(folder, JournalForm.PLAIN, messages).file();
                journals.add(opener.openAtTail(file, GrownFile.newest(1), line -> {}, new NoDamage()));
            }
            List<Samples> micros = measure(journals);
            print(micros, out);
            for (Journal journal : journals) {
                journal.close();
            }
        } finally {
            io.shutdown();
        }
    }

    private static List<Samples> measure(List<Journal> journals) throws Exception {
        List<Samples> micros = journals.stream().map(journal -> new Samples()).toList();
        List<JsonObject> bodies = Chat.bodies(APPENDS);
        int[] next = {0};
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < journals.size(); i++) {
                Journal journal = journals.get(i);
                double taken = Latency.micros(
                        APPENDS,
                        () -> journal.append(bodies.get(next[0]++ % APPENDS), Durability.FORCED)
                                .join());
                if (round >= 0) {
                    micros.get(i).add(taken);
                }
            }
        }
        return micros;
    }

    private static void print(List<Samples> micros, PrintStream out) {
        Table table = new Table("messages in the file", "one durable append, µs", "ratio to the youngest", "goal");
        for (int i = 0; i < MESSAGES.length; i++) {
            table.row(
                    String.format("%,d", MESSAGES[i]),
                    micros.get(i).text("%.0f"),
                    micros.get(i).dividedBy(micros.get(0)).text("%.2f"),
                    i == 0 ? "" : "≤ 1.25");
        }
        out.println("One append in conversations of different ages: medians (range) over " + ROUNDS + " rounds of "
                + APPENDS + " appends, " + Machine.described() + "\n\n" + table);
    }
}
