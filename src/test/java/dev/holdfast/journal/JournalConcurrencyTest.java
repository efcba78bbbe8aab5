package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads, the real disk. */
@Tag("slow")
@Timeout(60)
class JournalConcurrencyTest {
    private static final int THREADS = 16;
    private static final int LINES_A_THREAD = 200;

    @TempDir
    Path folder;

    private final Disk disk = new FileDisk();
    private final ExecutorService io = Executors.newFixedThreadPool(4);
    private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        callers.shutdownNow();
        io.shutdown();
    }

    private Journal create(String name) throws IOException {
        return new Journals(disk, folder.resolve("quarantine"), io, null).create(folder.resolve(name), Lines.first());
    }

    private List<JournalLine> reopened(String name) throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        NotedDamage damage = new NotedDamage();
        new Journals(disk, folder.resolve("quarantine"), io, null)
                .open(folder.resolve(name), lines::add, damage)
                .close();
        assertEquals(List.of(), damage.notes());
        return lines;
    }

    @Test
    void appendsOfManyThreadsAreAllThereAndToldInTheOrderOfTheirNumbers() throws Exception {
        Journal journal = create("one.jsonl");
        List<Long> told = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch together = new CountDownLatch(1);
        List<Future<List<Long>>> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            Callable<List<Long>> work = () -> {
                together.await();
                List<Long> numbers = new ArrayList<>();
                for (int i = 0; i < LINES_A_THREAD; i++) {
                    int n = thread * LINES_A_THREAD + i;
                    CompletableFuture<Long> future = i % 2 == 0
                            ? journal.append(Lines.message(n), Durability.FORCED, told::add)
                            : journal.append(Lines.delta(n), Durability.WRITTEN, told::add);
                    numbers.add(future.join());
                }
                return numbers;
            };
            threads.add(callers.submit(work));
        }
        together.countDown();
        List<List<Long>> numbers = new ArrayList<>();
        for (Future<List<Long>> thread : threads) {
            numbers.add(thread.get());
        }
        journal.close();

        assertEquals(LongStream.rangeClosed(1, THREADS * LINES_A_THREAD).boxed().toList(), told);
        List<JournalLine> lines = reopened("one.jsonl");
        assertEquals(THREADS * LINES_A_THREAD + 1, lines.size());
        for (int t = 0; t < THREADS; t++) {
            for (int i = 0; i < LINES_A_THREAD; i++) {
                JournalLine line = lines.get(numbers.get(t).get(i).intValue());
                assertEquals(t * LINES_A_THREAD + i, line.json().get("n").getAsInt());
            }
        }
    }

    @Test
    void manyJournalsShareFewThreads() throws IOException {
        List<Journal> journals = new ArrayList<>();
        for (int j = 0; j < 100; j++) {
            journals.add(create(j + ".jsonl"));
        }
        List<CompletableFuture<Long>> futures = new ArrayList<>();
        for (int n = 1; n <= 10; n++) {
            for (Journal journal : journals) {
                futures.add(journal.append(Lines.message(n), Durability.FORCED));
            }
        }
        futures.forEach(CompletableFuture::join);
        for (Journal journal : journals) {
            journal.close();
        }
        for (int j = 0; j < 100; j++) {
            assertEquals(11, reopened(j + ".jsonl").size());
        }
    }

    @Test
    void interruptedCallersDoNotHarmTheFile() throws Exception {
        Journal journal = create("one.jsonl");
        CountDownLatch together = new CountDownLatch(1);
        List<Future<Boolean>> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int n = t;
            threads.add(callers.submit(() -> {
                together.await();
                Thread.currentThread().interrupt();
                journal.append(Lines.message(n), Durability.FORCED).join();
                return Thread.interrupted();
            }));
        }
        together.countDown();
        for (Future<Boolean> thread : threads) {
            assertTrue(thread.get(), "the interrupt is left for the caller");
        }
        assertTrue(journal.refusal().isEmpty());
        journal.close();
        assertEquals(THREADS + 1, reopened("one.jsonl").size());
    }

    @Test
    void closingWhileOthersAppendLosesNothingThatWasAcknowledged() throws Exception {
        Journal journal = create("one.jsonl");
        CountDownLatch some = new CountDownLatch(50);
        List<Future<List<Long>>> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            threads.add(callers.submit(() -> {
                List<Long> acknowledged = new ArrayList<>();
                while (true) {
                    CompletableFuture<Long> future = journal.append(Lines.message(1), Durability.FORCED);
                    if (future.handle((seq, failure) -> failure != null).join()) {
                        return acknowledged;
                    }
                    acknowledged.add(future.join());
                    some.countDown();
                }
            }));
        }
        some.await();
        journal.close();
        int acknowledged = 0;
        for (Future<List<Long>> thread : threads) {
            acknowledged += thread.get().size();
        }
        assertFalse(acknowledged < 50);
        assertEquals(acknowledged + 1, reopened("one.jsonl").size());
    }
}
