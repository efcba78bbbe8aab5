package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.concurrent.Callable;

/** Every operation of the disk fails, each in a run of its own, once or with all that follow; recovery included. */
final class FaultCampaign implements Callable<String> {
    private static final int SEEDS = 5;

    private final JournalForm form;
    private final boolean forGood;

    FaultCampaign(JournalForm form, boolean forGood) {
        this.form = form;
        this.forGood = forGood;
    }

    @Override
    public String call() {
        String how = forGood ? "for good" : "once";
        long runs = 0;
        while (reached(++runs, how)) {
            // The next operation fails.
        }
        long failed = runs - 1;
        assertTrue(failed > 50, () -> "only " + failed + " operations");
        return "fault campaign, " + form + ", " + how + ": " + failed + " operations failed, 0 lost";
    }

    /** Whether there was an operation of that number, from 1. */
    private boolean reached(long number, String how) {
        Ledger ledger = new Ledger();
        MemoryDisk memory = new MemoryDisk();
        FailingDisk disk = new FailingDisk(memory);
        if (forGood) {
            disk.failForGoodAt(number);
        } else {
            disk.failOnceAt(number);
        }
        work(disk, ledger);
        boolean reached = disk.operations() >= number;
        try {
            for (long seed = 0; seed < SEEDS; seed++) {
                ledger.check(memory.crash(seed), seed);
            }
            ledger.check(memory, number);
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError("with operation " + number + " failing " + how, e);
        }
        return reached;
    }

    /** Goes on after every failure as the store would: what refuses is opened again. */
    private void work(FailingDisk disk, Ledger ledger) {
        try {
            disk.createFolders(Lines.FILE.getParent());
            Journal journal = Lines.journals(disk, Runnable::run).create(Lines.file(form), Lines.first());
            ledger.created();
            appendSome(journal, ledger);
            journal.closed();
        } catch (IOException e) {
            // The next opening shows what is there.
        }
        for (int round = 0; round < 3; round++) {
            try {
                tear(disk);
                Journal journal = Lines.open(disk, form, new ArrayList<>(), new NotedDamage());
                appendSome(journal, ledger);
                journal.closed();
            } catch (IOException e) {
                // As above.
            }
        }
    }

    private void tear(Disk disk) throws IOException {
        try (DiskFile file = disk.open(Lines.file(form))) {
            file.writeFully(ByteBuffer.wrap(Lines.utf8("{\"role\":\"us")), file.size());
        }
    }

    private static void appendSome(Journal journal, Ledger ledger) {
        ledger.message(journal);
        ledger.delta(journal);
        ledger.message(journal);
        ledger.delta(journal);
    }
}
