package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.MemoryDisk;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Power cuts before every change that a store makes to its disk, many outcomes each; and every operation failing. */
class StoreCrashTest {
    private static final int SEEDS = 25;

    private int states;

    @Test
    void whatWasAcknowledgedSurvivesAPowerCutAtEveryPoint() {
        MemoryDisk disk = new MemoryDisk();
        FailingDisk failing = new FailingDisk(disk);
        StoreLedger ledger = new StoreLedger();
        Random random = new Random(20261121);
        disk.beforeEachChange(() -> {
            for (int i = 0; i < SEEDS; i++) {
                check(ledger, disk, random.nextLong());
            }
        });
        int[] turns = {0};
        ledger.work(failing, () -> {
            turns[0]++;
            failing.failOnceAt(2, turns[0] % 2 == 0 ? "force" : "write");
        });
        assertTrue(states > 2_500, () -> "only " + states + " states");
        assertTrue(ledger.failures() > 2, () -> ledger.failures() + " failures");
        assertTrue(ledger.acknowledgements() > 15, () -> ledger.acknowledgements() + " acknowledged");
    }

    private void check(StoreLedger ledger, MemoryDisk disk, long seed) {
        states++;
        try {
            ledger.check(disk.crash(seed), seed);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("state " + states + ", seed " + seed, e);
        }
    }

    @Test
    void withoutAFailureEverythingIsAcknowledged() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        StoreLedger ledger = new StoreLedger();
        ledger.work(disk, () -> {});
        assertEquals(0, ledger.failures());
        assertEquals(8 * 2 + 4 * 2, ledger.acknowledgements());
        ledger.check(disk, 1);
    }

    @Test
    void everyOperationFailingOnceLosesNothing() {
        failEveryOperation(false);
    }

    @Test
    void everyOperationFailingForGoodLosesNothing() {
        failEveryOperation(true);
    }

    private static void failEveryOperation(boolean forGood) {
        long runs = 0;
        long reached;
        do {
            runs++;
            MemoryDisk memory = new MemoryDisk();
            FailingDisk disk = new FailingDisk(memory);
            StoreLedger ledger = new StoreLedger();
            if (forGood) {
                disk.failForGoodAt(runs);
            } else {
                disk.failOnceAt(runs);
            }
            ledger.work(disk, () -> {});
            reached = disk.operations();
            try {
                for (long seed = 0; seed < 3; seed++) {
                    ledger.check(memory.crash(seed), seed);
                }
                ledger.check(memory, runs);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("with operation " + runs + " failing " + (forGood ? "for good" : "once"), e);
            }
        } while (reached >= runs);
        long all = runs;
        assertTrue(all > 100, () -> "only " + all + " operations");
    }
}
