package dev.holdfast.bench;

import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.Rewriting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * How large a packed conversation is: as appending leaves it, and packed anew, as a pause does it, against one run of
 * {@code gzip -9} over the same lines. Sizes do not vary: nothing is repeated.
 */
final class PackingBench implements Benchmark {
    private static final int[] MESSAGES = {200, 2_000, 20_000};

    @Override
    public void run(PrintStream out) throws Exception {
        Table table = new Table(
                "messages",
                "plain, bytes",
                "as appended",
                "packed",
                "gzip -9 of the whole",
                "packed / gzip -9",
                "goal");
        try (ScratchFolder scratch = new ScratchFolder()) {
            for (int messages : MESSAGES) {
                measure(scratch.folder("packing"), messages, table);
            }
        }
        out.println("Packed conversations, bytes: varied text with the word frequencies of English, "
                + Machine.described() + "\n\n" + table);
    }

    private static void measure(Path folder, int messages, Table table) throws IOException {
        Path file = GrownFile.make(folder, JournalForm.GZIP, messages, Chat.bodies(messages));
        long appended = Files.size(file);
        Journals journals = GrownFile.journals(folder, Runnable::run);
        long packed = Files.size(journals.rewrite(file, Rewriting.to(JournalForm.GZIP), new NoDamage()));
        Path plain = journals.rewrite(file, Rewriting.to(JournalForm.PLAIN), new NoDamage());
        long whole = gzipped(Files.readAllBytes(plain));
        table.row(
                Table.count(messages),
                Table.count(Files.size(plain)),
                Table.count(appended),
                Table.count(packed),
                Table.count(whole),
                String.format(Locale.ROOT, "%.3f", (double) packed / whole),
                "≤ 1.08");
    }

    private static long gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(content);
        }
        return gzip.size();
    }
}
