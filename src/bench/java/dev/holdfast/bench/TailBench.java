package dev.holdfast.bench;

import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the newest 50 messages take in files of different lengths and forms: read only, and opened to go on, which
 * also forces the file and its folder. The files are in the system's memory. They are read by turns; a ratio is the
 * median over the rounds.
 */
final class TailBench implements Benchmark {
    private static final int[] MESSAGES = {100, 10_000, 1_000_000};
    private static final int TAIL = 50;
    private static final int ROUNDS = 15;
    private static final int WARM_UP_ROUNDS = 10;
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
        List<GrownFile> files = new ArrayList<>();
        List<Samples> read = new ArrayList<>();
        List<Samples> open = new ArrayList<>();
        for (int messages : MESSAGES) {
            files.add(GrownFile.make(folder, form, messages));
            read.add(new Samples());
            open.add(new Samples());
        }
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < files.size(); i++) {
                Path file = files.get(i).file();
                double reading = Latency.micros(READS, () -> read(journals, file));
                double opening = Latency.micros(READS, () -> open(journals, file));
                if (round >= 0) {
                    read.get(i).add(reading);
                    open.get(i).add(opening);
                }
            }
        }
        for (int i = 0; i < files.size(); i++) {
            table.row(
                    form.name().toLowerCase(),
                    String.format("%,d", MESSAGES[i]),
                    read.get(i).text("%.0f"),
                    read.get(i).dividedBy(read.get(0)).text("%.2f"),
                    open.get(i).text("%.0f"),
                    open.get(i).dividedBy(open.get(0)).text("%.2f"),
                    i == 0 ? "" : "≤ 1.25");
        }
    }

    private static void read(Journals journals, Path file) throws IOException {
        journals.readTail(file, GrownFile.newest(TAIL), line -> {}, new NoDamage());
    }

    private static void open(Journals journals, Path file) throws IOException {
        journals.openAtTail(file, GrownFile.newest(TAIL), line -> {}, new NoDamage())
                .close();
    }
}
