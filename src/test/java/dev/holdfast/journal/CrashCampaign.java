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
    private AssertionError failure;
    private int states;
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
    int states() {
        return states;
    }

    @Override
    public String call() throws IOException {
        memory.beforeEachChange(() -> {
            for (int i = 0; i < seeds; i++) {
                powerCut(i < seedsInRecovery);
            }
            for (int i = 0; i < seedsAfterKill && killable; i++) {
                kill();
            }
        });
        try {
            work(new FailingDisk(memory));
            for (int i = 0; i < seeds; i++) {
                powerCut(i < seedsInRecovery);
            }
        } catch (RuntimeException | AssertionError e) {
            failure = failure != null ? failure : new AssertionError("the work could not be done", e);
        }
        if (failure != null) {
            throw failure;
        }
        assertEquals(ACKNOWLEDGED, ledger.acknowledgements());
        return "crash campaign, " + form + ": " + states + " states, " + kills + " of them behind a kill, "
                + ledger.acknowledgements() + " acknowledged, 0 lost";
    }

    private void powerCut(boolean crashAgain) {
        long seed = random.nextLong();
        check(seed, () -> {
            MemoryDisk crashed = memory.crash(seed);
            if (crashAgain && crashed.exists(Lines.file(form))) {
                crashed.beforeEachChange(() -> check(seed, () -> ledger.check(crashed.crash(seed), seed)));
                List<JournalLine> found = new ArrayList<>();
                Lines.open(crashed, form, found, new NotedDamage()).close();
                ledger.check(found);
                crashed.beforeEachChange(() -> {});
            }
            ledger.check(crashed, seed);
        });
    }

    private void kill() {
        long seed = random.nextLong();
        kills++;
        check(seed, () -> ledger.checkKilled(memory.killed(), seed));
    }

    private interface Check {
        void run() throws IOException;
    }

    /** The journal would swallow what is thrown in the middle of its writing. */
    private void check(long seed, Check check) {
        states++;
        try {
            check.run();
        } catch (IOException | RuntimeException | AssertionError e) {
            failure = failure != null ? failure : new AssertionError("state " + states + ", seed " + seed, e);
            throw failure;
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
        for (int i = 0; i < SEEDS_BEHIND_A_CUT; i++) {
            powerCut(false);
        }
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
