package dev.holdfast.bench;

import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the newest 50 messages take in files of different lengths and forms: read only, and opened to go on, which
 * also forces the file and its folder. The files are in the system's memory. They are read by turns; a ratio is the
 * median over the rounds.
 */
final class TailBench implements Benchmark {
    private static final int[] MESSAGES = {100, 10_000, 1_000_000};
    private static final int TAIL = 50;
    private static final int ROUNDS = 15;
    private static final int READS = 15;

    @Override
    public void run(PrintStream out) throws Exception {
        Table table = new Table("form", "messages in the file", "read, µs", "ratio", "open, µs", "ratio", "goal");
        for (JournalForm form : JournalForm.values()) {
            try (ScratchFolder scratch = new ScratchFolder()) {
                measure(scratch.folder("tail"), form, table);
            }
        }
        out.println("The newest " + TAIL + " messages, of about 350 bytes each: medians (range) over " + ROUNDS
                + " rounds of " + READS + " reads, ratios to the shortest file, " + Machine.described() + "\n\n"
                + table);
    }

    private static void measure(Path folder, JournalForm form, Table table) throws Exception {
        Journals journals = GrownFile.journals(folder, Runnable::run);
        List<Latency.Action> reads = new ArrayList<>();
        List<Latency.Action> openings = new ArrayList<>();
        for (int messages : MESSAGES) {
            Path file = GrownFile.make(folder, form, messages);
            reads.add(() -> journals.readTail(file, GrownFile.newest(TAIL), line -> {}, new NoDamage()));
            openings.add(() -> journals.openAtTail(file, GrownFile.newest(TAIL), line -> {}, new NoDamage())
                    .close());
        }
        List<Samples> read = Latency.micros(ROUNDS, READS, reads);
        List<Samples> open = Latency.micros(ROUNDS, READS, openings);
        for (int i = 0; i < MESSAGES.length; i++) {
            table.row(
                    form.name().toLowerCase(Locale.ROOT),
                    Table.count(MESSAGES[i]),
                    read.get(i).text("%.0f"),
                    read.get(i).dividedBy(read.get(0)).text("%.2f"),
                    open.get(i).text("%.0f"),
                    open.get(i).dividedBy(open.get(0)).text("%.2f"),
                    i == 0 ? "" : "≤ 1.25");
        }
    }
}
