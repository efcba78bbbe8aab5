package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.MemoryDisk;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Power cuts before every change that a store makes to its disk, some outcomes each; and every operation failing. The
 * store writes, packs, moves to the trash and back.
 */
@ParameterizedClass
@EnumSource(KeptAs.class)
class StoreCrashTest {
    private static final int SEEDS = 4;

    @Parameter
    KeptAs kept;

    private int states;
    /** Thrown where it is found, it would be taken for one more failure of the disk. */
    private Optional<AssertionError> violation = Optional.empty();

    @Test
    @Tag("slow")
    void whatWasAcknowledgedSurvivesAPowerCutAtEveryPoint() {
        MemoryDisk disk = new MemoryDisk();
        FailingDisk failing = new FailingDisk(disk);
        StoreLedger ledger = new StoreLedger(kept);
        Random random = new Random(20261121);
        disk.beforeEachChange(() -> {
            for (int i = 0; i < SEEDS; i++) {
                check(ledger, disk, random.nextLong());
            }
        });
        int[] turns = {0};
        ledger.work(failing, 4, () -> {
            turns[0]++;
            failing.failOnceAt(2, turns[0] % 2 == 0 ? "force" : "write");
        });
        violation.ifPresent(found -> {
            throw found;
        });
        assertTrue(states > 400, () -> "only " + states + " states");
        assertTrue(ledger.failures() > 2, () -> ledger.failures() + " failures");
        assertTrue(ledger.acknowledgements() > 15, () -> ledger.acknowledgements() + " acknowledged");
    }

    private void check(StoreLedger ledger, MemoryDisk disk, long seed) {
        states++;
        try {
            ledger.check(disk.crash(seed), seed);
        } catch (Exception | AssertionError e) {
            violation = violation.or(() -> Optional.of(new AssertionError("state " + states + ", seed " + seed, e)));
        }
    }

    @Test
    void withoutAFailureEverythingIsAcknowledged() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        StoreLedger ledger = new StoreLedger(kept);
        ledger.work(disk, 4, () -> {});
        assertEquals(0, ledger.failures());
        assertEquals(8 * 2 + 4 * 2, ledger.acknowledgements());
        ledger.check(disk, 1);
    }

    @Test
    void everyOperationFailingOnceLosesNothing() {
        failEveryOperation(false);
    }

    @Test
    @Tag("slow")
    void everyOperationFailingForGoodLosesNothing() {
        failEveryOperation(true);
    }

    private void failEveryOperation(boolean forGood) {
        long runs = 0;
        long reached;
        do {
            runs++;
            MemoryDisk memory = new MemoryDisk();
            FailingDisk disk = new FailingDisk(memory);
            StoreLedger ledger = new StoreLedger(kept);
            if (forGood) {
                disk.failForGoodAt(runs);
            } else {
                disk.failOnceAt(runs);
            }
            ledger.work(disk, 2, () -> {});
            reached = disk.operations();
            try {
                ledger.check(runs % 2 == 0 == forGood ? memory : memory.crash(runs), runs);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("with operation " + runs + " failing " + (forGood ? "for good" : "once"), e);
            }
        } while (reached >= runs);
        long all = runs;
        assertTrue(all > 80, () -> "only " + all + " operations");
    }
}
