package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Power cuts before every change to the disk, many outcomes each; power cuts during the recovery from them too. */
@ParameterizedClass
@EnumSource(JournalForm.class)
class JournalCrashTest {
    private static final int SEEDS = 40;
    private static final int SEEDS_IN_RECOVERY = 2;

    private final JournalForm form;
    private final Ledger ledger;
    private final Random random = new Random(20261121);
    private final HandExecutor io = new HandExecutor();
    private int states;

    JournalCrashTest(JournalForm form) {
        this.form = form;
        this.ledger = new Ledger(form);
    }

    @Test
    void acknowledgedLinesSurviveAPowerCutAtEveryPoint() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        FailingDisk failing = new FailingDisk(disk);
        disk.beforeEachChange(() -> {
            for (int i = 0; i < SEEDS; i++) {
                recover(disk, i < SEEDS_IN_RECOVERY);
            }
        });
        work(failing);
        System.out.println("crash campaign, " + form + ": " + states + " states, " + ledger.acknowledgements()
                + " acknowledged, 0 lost");
        assertTrue(states > 5_000, () -> "only " + states + " states");
        assertEquals(24, ledger.acknowledgements());
    }

    private void recover(MemoryDisk disk, boolean crashAgain) {
        long seed = random.nextLong();
        try {
            MemoryDisk crashed = disk.crash(seed);
            if (crashAgain) {
                crashed.beforeEachChange(() -> check(crashed.crash(seed), seed));
                if (crashed.exists(Lines.file(form))) {
                    List<JournalLine> found = new ArrayList<>();
                    Lines.open(crashed, form, found, new NotedDamage()).close();
                    ledger.check(found);
                }
                crashed.beforeEachChange(() -> {});
            }
            check(crashed, seed);
        } catch (IOException e) {
            throw new UncheckedIOException("seed " + seed, e);
        }
    }

    private void check(MemoryDisk crashed, long seed) {
        states++;
        try {
            ledger.check(crashed, seed);
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError("state " + states + ", seed " + seed, e);
        }
    }

    /** Creates, appends alone and together, tears, reopens, meets a full disk and a force that fails. */
    private void work(FailingDisk disk) throws IOException {
        disk.createFolders(Lines.FILE.getParent());
        Journal journal = Lines.journals(disk, io).create(Lines.file(form), Lines.first());
        ledger.created();
        appendSome(journal);
        close(journal);
        for (int round = 0; round < 3; round++) {
            journal = open(disk);
            appendSome(journal);
            disk.failOnceAt(1, "write");
            appendManyAtOnceAndADelta(journal);
            appendSome(journal);
            disk.failOnceAt(1, "force");
            appendSome(journal);
            assertTrue(journal.refusal().isPresent());
            close(journal);
            if (round == 1) {
                disk.distrusted().clear(); // As a new process would know nothing but what lies beside the file.
            }
        }
        journal = open(disk);
        appendSome(journal);
        close(journal);
    }

    private Journal open(Disk disk) throws IOException {
        return Lines.journals(disk, io).open(Lines.file(form), line -> {}, new NotedDamage());
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
    }
}
