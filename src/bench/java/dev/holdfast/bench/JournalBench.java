package dev.holdfast.bench;

import com.google.gson.JsonObject;
import dev.holdfast.journal.Durability;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Durable appends a second, one conversation a thread, against as many threads that each write the same bytes to a file
 * of their own and force it. Each conversation has one append under way at a time. Its caller either is a thread that
 * waits for it, which costs two changes of thread an append, or is called back when it is durable, as a server is that
 * keeps no thread waiting. All run by turns; the ratio is the median over the pairs. The files lie below the project's
 * {@code target} folder, so on its disk: a file system in memory would compare nothing.
 */
final class JournalBench implements Benchmark {
    private static final int[] WIDTHS = {1, 8, 32, 128};
    private static final int PAIRS = 9;
    private static final int IO_THREADS = 32;
    private static final long MEASURED_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final String TEXT = "What was said in one message of an ordinary conversation. ".repeat(5);

    /** One thread's append; returns when it is durable. */
    @FunctionalInterface
    private interface Append {
        void run() throws Exception;
    }

    @Override
    public void run(PrintStream out) throws Exception {
        out.println("Durable appends a second: medians (range) over " + PAIRS + " pairs, messages of about 350 bytes, "
                + IO_THREADS + " I/O threads, JDK " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores\n");
        Table table = new Table(
                "conversations", "raw write and force", "callers wait", "ratio", "are called back", "ratio", "goal");
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "journal-bench");
        ExecutorService io = Executors.newFixedThreadPool(IO_THREADS);
        try {
            for (int width : WIDTHS) {
                Samples raw = new Samples();
                Samples waiting = new Samples();
                Samples calledBack = new Samples();
                measureRaw(folder, width); // Not counted: warms up.
                measureJournal(folder, width, io, JournalBench::rateOfWaiting);
                measureJournal(folder, width, io, JournalBench::rateOfCalledBack);
                for (int pair = 0; pair < PAIRS; pair++) {
                    raw.add(measureRaw(folder, width));
                    waiting.add(measureJournal(folder, width, io, JournalBench::rateOfWaiting));
                    calledBack.add(measureJournal(folder, width, io, JournalBench::rateOfCalledBack));
                }
                table.row(
                        Integer.toString(width),
                        raw.text("%.0f"),
                        waiting.text("%.0f"),
                        waiting.dividedBy(raw).text("%.2f"),
                        calledBack.text("%.0f"),
                        calledBack.dividedBy(raw).text("%.2f"),
                        width == 1 ? "≥ 0.90" : "≥ 0.65");
            }
        } finally {
            io.shutdown();
            delete(folder);
        }
        out.println(table);
    }

    private static double measureRaw(Path folder, int width) throws Exception {
        byte[] line = (body().toString() + "\n").getBytes(StandardCharsets.UTF_8);
        List<FileChannel> channels = new ArrayList<>();
        List<Append> appends = new ArrayList<>();
        Path files = Files.createTempDirectory(folder, "raw");
        for (int i = 0; i < width; i++) {
            FileChannel channel = FileChannel.open(
                    files.resolve(i + ".jsonl"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            ByteBuffer buffer = ByteBuffer.allocateDirect(line.length).put(line);
            channels.add(channel);
            appends.add(() -> {
                buffer.flip();
                channel.write(buffer);
                channel.force(false);
            });
        }
        double rate = rate(appends);
        for (FileChannel channel : channels) {
            channel.close();
        }
        return rate;
    }

    /** How a rate is measured. */
    @FunctionalInterface
    private interface Rate {
        double of(List<Journal> journals) throws Exception;
    }

    private static double measureJournal(Path folder, int width, ExecutorService io, Rate rate) throws Exception {
        Path files = Files.createTempDirectory(folder, "journal");
        Journals journals = new Journals(new FileDisk(), files.resolve("quarantine"), io, null);
        List<Journal> open = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            open.add(journals.create(JournalForm.PLAIN.file(files, "c" + i), new JsonObject()));
        }
        double measured = rate.of(open);
        for (Journal journal : open) {
            journal.close();
        }
        return measured;
    }

    private static double rateOfWaiting(List<Journal> journals) throws Exception {
        JsonObject body = body();
        List<Append> appends = new ArrayList<>();
        for (Journal journal : journals) {
            appends.add(() -> journal.append(body, Durability.FORCED).join());
        }
        return rate(appends);
    }

    private static double rateOfCalledBack(List<Journal> journals) throws Exception {
        JsonObject body = body();
        LongAdder count = new LongAdder();
        CountDownLatch running = new CountDownLatch(journals.size());
        long begin = System.nanoTime();
        journals.forEach(journal -> appendAgain(journal, body, begin, count, running));
        running.await();
        return count.sum() * 1e9 / (System.nanoTime() - begin);
    }

    private static void appendAgain(
            Journal journal, JsonObject body, long begin, LongAdder count, CountDownLatch running) {
        journal.append(body, Durability.FORCED).whenComplete((seq, failure) -> {
            count.increment();
            if (failure != null || System.nanoTime() - begin > MEASURED_NANOS) {
                running.countDown();
            } else {
                appendAgain(journal, body, begin, count, running);
            }
        });
    }

    private static JsonObject body() {
        JsonObject body = new JsonObject();
        body.addProperty("role", "user");
        body.addProperty("content", TEXT);
        return body;
    }

    /** How many appends a second all threads together do, each its own, one after the other. */
    private static double rate(List<Append> appends) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(appends.size());
        try {
            CyclicBarrier start = new CyclicBarrier(appends.size());
            List<Future<Double>> rates = new ArrayList<>();
            for (Append append : appends) {
                rates.add(threads.submit(() -> {
                    start.await();
                    long begin = System.nanoTime();
                    long count = 0;
                    long passed;
                    do {
                        append.run();
                        count++;
                        passed = System.nanoTime() - begin;
                    } while (passed < MEASURED_NANOS);
                    return count * 1e9 / passed;
                }));
            }
            double sum = 0;
            for (Future<Double> rate : rates) {
                sum += rate.get();
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
