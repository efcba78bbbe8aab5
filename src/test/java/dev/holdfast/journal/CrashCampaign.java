package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Power cuts before every change to the disk, many outcomes each; power cuts during the recovery from them too; and
 * before every change the end of the process, with a power cut after the next one has opened the file.
 */
final class CrashCampaign implements Callable<String> {
    private static final int ACKNOWLEDGED = 67;

    /** Behind a write that failed: few outcomes show whether its cut was forced. */
    private static final int SEEDS_BEHIND_A_CUT = 30;

    private final JournalForm form;
    private final int seeds;
    private final int seedsInRecovery;
    private final int seedsAfterKill;
    private final Random random;
    private final MemoryDisk memory = new MemoryDisk();
    private final Ledger ledger = new Ledger();
    private final HandExecutor io = new HandExecutor();
    private boolean killable = true;
    private final AtomicReference<AssertionError> failure = new AtomicReference<>();
    private final LongAdder states = new LongAdder();
    private int kills;

    /**
     * @param seeds outcomes of a power cut before a change
     * @param seedsInRecovery of so many of them each recovery is cut off before each of its own changes too
     * @param seedsAfterKill outcomes of a power cut after the end of a process before a change
     */
    CrashCampaign(JournalForm form, int seeds, int seedsInRecovery, int seedsAfterKill, long seed) {
        this.form = form;
        this.seeds = seeds;
        this.seedsInRecovery = seedsInRecovery;
        this.seedsAfterKill = seedsAfterKill;
        this.random = new Random(seed);
    }

    /** How many states were tried. */
    long states() {
        return states.sum();
    }

    @Override
    public String call() throws IOException {
        memory.beforeEachChange(() -> {
            powerCuts(seeds, seedsInRecovery);
            if (killable) {
                kills();
            }
        });
        try {
            work(new FailingDisk(memory));
            powerCuts(seeds, seedsInRecovery);
        } catch (RuntimeException | AssertionError e) {
            failure.compareAndSet(null, new AssertionError("the work could not be done", e));
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        assertEquals(ACKNOWLEDGED, ledger.acknowledgements());
        return "crash campaign, " + form + ": " + states + " states, " + kills + " of them behind a kill, "
                + ledger.acknowledgements() + " acknowledged, 0 lost";
    }

    private void powerCuts(int count, int inRecovery) {
        forEachSeed(count, memory::crash, (crashed, seed, i) -> {
            if (i < inRecovery && crashed.exists(Lines.file(form))) {
                crashed.beforeEachChange(() -> check(seed, () -> ledger.check(crashed.crash(seed), seed)));
                List<JournalLine> found = new ArrayList<>();
                Lines.open(crashed, form, found, new NotedDamage()).close();
                ledger.check(found);
                crashed.beforeEachChange(() -> {});
            }
            ledger.check(crashed, seed);
        });
    }

    private void kills() {
        kills += seedsAfterKill;
        forEachSeed(seedsAfterKill, seed -> memory.killed(), (killed, seed, i) -> ledger.checkKilled(killed, seed));
    }

    private interface Check {
        void run() throws IOException;
    }

    private interface StateCheck {
        void of(MemoryDisk left, long seed, int i) throws IOException;
    }

    /** On all cores. What a fault leaves is made first: the disk is held by who is about to change it. */
    private void forEachSeed(int count, LongFunction<MemoryDisk> fault, StateCheck check) {
        long[] fates = random.longs(count).toArray();
        List<MemoryDisk> left = LongStream.of(fates).mapToObj(fault).toList();
        IntStream.range(0, count).parallel().forEach(i -> check(fates[i], () -> check.of(left.get(i), fates[i], i)));
    }

    /** The journal would swallow what is thrown in the middle of its writing. */
    private void check(long seed, Check check) {
        states.increment();
        try {
            check.run();
        } catch (IOException | RuntimeException | AssertionError e) {
            AssertionError found = new AssertionError("seed " + seed, e);
            failure.compareAndSet(null, found);
            throw found;
        }
    }

    /** Creates, appends alone and together, reopens, meets a full disk and a force that fails. */
    private void work(FailingDisk disk) throws IOException {
        disk.createFolders(Lines.FILE.getParent());
        Journals journals = Lines.journals(disk, io);
        Journal journal = journals.create(Lines.file(form), Lines.first());
        ledger.created();
        assertThrows(FileAlreadyExistsException.class, () -> journals.create(Lines.file(form), Lines.first()));
        appendSome(journal);
        close(journal);
        for (int round = 0; round < 3; round++) {
            workWithFaults(disk, open(disk));
            if (round == 1) {
                disk.distrusted().clear(); // As a new process would know nothing but what lies beside the file.
            }
        }
        Journal last = open(disk);
        appendSome(last);
        close(last);
    }

    private void workWithFaults(FailingDisk disk, Journal journal) {
        appendSome(journal);
        disk.failOnceAt(1, "write");
        appendManyAtOnceAndADelta(journal);
        powerCuts(SEEDS_BEHIND_A_CUT, 0);
        appendSome(journal);
        // A process that is killed between a failed force and its warning has told nobody, and can tell no next one.
        killable = false;
        disk.failOnceAt(1, "force");
        appendSome(journal);
        assertTrue(journal.refusal().isPresent());
        killable = true;
        var closed = journal.closed();
        io.runAll();
        closed.join();
    }

    /** Nothing has crashed, so there is nothing to heal or to report, whatever failed before. */
    private Journal open(Disk disk) throws IOException {
        NotedDamage noted = new NotedDamage();
        Journal journal = Lines.journals(disk, io).open(Lines.file(form), line -> {}, noted);
        assertEquals(List.of(), noted.notes());
        return journal;
    }

    private void appendSome(Journal journal) {
        ledger.message(journal);
        ledger.message(journal);
        io.runAll();
        ledger.delta(journal);
        io.runAll();
        ledger.delta(journal);
        ledger.delta(journal);
        io.runAll();
        ledger.delta(journal);
        ledger.message(journal);
        io.runAll();
        ledger.delta(journal);
        io.runAll();
    }

    /** Whole lines of a write that failed must not come back behind the delta. */
    private void appendManyAtOnceAndADelta(Journal journal) {
        for (int i = 0; i < 6; i++) {
            ledger.message(journal);
        }
        io.runAll();
        ledger.delta(journal);
        io.runAll();
    }

    private void close(Journal journal) {
        var closed = journal.closed();
        io.runAll();
        closed.join();
        ledger.closed();
    }
}
