package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * A journal is written anew, in another form or the same, while it is closed or open, with all its deltas or without:
 * with power cuts before every change to the disk, the end of the process there, and every operation failing.
 */
final class RewriteCampaign implements Callable<String> {
    private static final Path FOLDER = Lines.FILE.getParent();
    private static final int REPLIES = 5;

    private final JournalForm from;
    private final Rewriting how;
    private final boolean dropping;
    private final int seeds;
    private final Random random = new Random(20261121);
    private AssertionError failure;
    private int states;
    private int runs;

    /** @param dropping whether all deltas are dropped */
    RewriteCampaign(JournalForm from, Rewriting to, boolean dropping, int seeds) {
        this.from = from;
        this.how = dropping ? to.dropping(delta -> true) : to;
        this.dropping = dropping;
        this.seeds = seeds;
    }

    /** How many states were tried. */
    int states() {
        return states;
    }

    @Override
    public String call() throws IOException {
        powerCuts(false);
        powerCuts(true);
        failures(false);
        failures(true);
        return "rewrite campaign, " + from + " to " + how.form() + (how.packed() ? " packed" : "")
                + (dropping ? " without deltas" : "") + ": " + states + " states, " + runs
                + " operations failed, 0 lost";
    }

    private void powerCuts(boolean open) throws IOException {
        MemoryDisk disk = new MemoryDisk();
        Ledger ledger = fill(disk);
        disk.beforeEachChange(() -> crashes(disk, ledger, open));
        if (open) {
            rewriteOpen(disk, ledger);
        } else {
            Lines.journals(disk, Runnable::run).rewrite(Lines.file(from), how, new NotedDamage());
        }
        if (failure != null) {
            throw failure;
        }
        crashes(disk, ledger, open);
        assertEquals(List.of(Lines.file(how.form())), disk.list(FOLDER));
        for (int i = 0; i < 10 + seeds; i++) {
            assertEquals(
                    List.of(Lines.file(how.form())),
                    disk.crash(random.nextLong()).list(FOLDER));
        }
    }

    private void crashes(MemoryDisk disk, Ledger ledger, boolean open) {
        for (int i = 0; i < seeds; i++) {
            long seed = random.nextLong();
            states += 2;
            try {
                MemoryDisk crashed = disk.crash(seed);
                ledger.check(crashed, seed);
                assertEquals(1, crashed.list(FOLDER).size(), "one file counts");
                if (!open) {
                    assertEquals(List.of(), crashed.list(Lines.QUARANTINE), "nothing was torn");
                }
                ledger.checkKilled(disk.killed(), seed);
            } catch (IOException | RuntimeException | AssertionError e) {
                failure = failure != null ? failure : new AssertionError("state " + states + ", seed " + seed, e);
                throw failure;
            }
        }
    }

    /** A talk, acknowledged long ago, in which every reply has deltas. */
    private Ledger fill(MemoryDisk disk) {
        List<JsonObject> talk = new ArrayList<>();
        for (int reply = 0; reply < REPLIES; reply++) {
            talk.add(Lines.message(talk.size() + 1));
            talk.add(Lines.delta(talk.size() + 1));
            talk.add(Lines.delta(talk.size() + 1));
            talk.add(Lines.message(talk.size() + 1));
        }
        talk.add(Lines.delta(talk.size() + 1));
        disk.put(Lines.file(from), Lines.file(from, talk));
        Ledger ledger = new Ledger();
        ledger.created();
        for (int n = 1; n <= talk.size(); n++) {
            ledger.submitted(n, talk.get(n - 1));
            ledger.acknowledged(n);
        }
        if (dropping) {
            ledger.droppingDeltas();
        }
        return ledger;
    }

    /** Lines that came before, wait meanwhile, and come after. */
    private CompletableFuture<Path> rewriteOpen(Disk disk, Ledger ledger) throws IOException {
        HandExecutor io = new HandExecutor();
        Journals journals = Lines.journals(disk, io);
        Path file = journals.find(FOLDER, "one").orElseThrow();
        Journal journal = journals.open(file, line -> {}, new NotedDamage());
        ledger.message(journal);
        ledger.delta(journal);
        CompletableFuture<Path> written = journals.rewrite(journal, how, new NotedDamage());
        ledger.message(journal);
        ledger.delta(journal);
        io.runAll();
        ledger.delta(journal);
        io.runAll();
        ledger.message(journal);
        ledger.delta(journal);
        io.runAll();
        boolean sound = journal.refusal().isEmpty();
        journal.closed().thenRun(sound ? ledger::closed : () -> {});
        io.runAll();
        return written;
    }

    private void failures(boolean forGood) {
        int run = 1;
        while (reached(run, forGood)) {
            run++;
            runs++;
        }
    }

    /** Whether there was an operation of that number, from 1. */
    private boolean reached(int number, boolean forGood) {
        MemoryDisk memory = new MemoryDisk();
        Ledger ledger = fill(memory);
        FailingDisk failing = new FailingDisk(memory);
        if (forGood) {
            failing.failForGoodAt(number);
        } else {
            failing.failOnceAt(number);
        }
        try {
            rewriteOpen(failing, ledger);
        } catch (IOException e) {
            // What is there then is looked at below.
        }
        boolean reached = failing.operations() >= number;
        try {
            ledger.check(memory.crash(number), number);
            ledger.check(memory, number);
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError("with operation " + number + " failing " + (forGood ? "for good" : "once"), e);
        }
        return reached;
    }
}
