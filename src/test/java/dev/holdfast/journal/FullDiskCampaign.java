package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The disk is full behind every byte of what a making, a batch, a healing and a rewriting write: nothing is lost,
 * nothing of what did not fit stays, and as soon as there is space again it goes on.
 */
final class FullDiskCampaign implements Callable<String> {
    private static final int CHUNK = 1024;
    private static final int MOST = 1 << 18;
    /** What is written is base64, and packs to three quarters. */
    private static final double PACKED = 0.75;

    private final JournalForm form;
    private final int lines;
    private final int lineLength;

    /**
     * @param lines of a batch
     * @param lineLength of its lines, about; in characters
     */
    FullDiskCampaign(JournalForm form, int lines, int lineLength) {
        this.form = form;
        this.lines = lines;
        this.lineLength = lineLength;
    }

    @Override
    public String call() {
        int making = untilItFits(this::makes);
        int batch = untilItFits(this::appends);
        int healing = untilItFits(this::heals);
        int rewriting = untilItFits(this::rewrites);
        assertTrue(making > 50 && batch > lines * lineLength * PACKED && healing > 50 && rewriting > 50);
        return "full disk campaign, " + form + ": full behind each of " + making + " bytes of a making, " + batch
                + " of a batch, " + healing + " of a healing, " + rewriting + " of a rewriting, 0 lost";
    }

    /** How many bytes must be free for it; less were tried one by one. */
    private static int untilItFits(IntPredicate fits) {
        for (int from = 0; from < MOST; from += CHUNK) {
            AtomicInteger first = new AtomicInteger(Integer.MAX_VALUE);
            IntStream.range(from, from + CHUNK).parallel().forEach(free -> {
                if (fits.test(free)) {
                    first.accumulateAndGet(free, Math::min);
                }
            });
            if (first.get() < Integer.MAX_VALUE) {
                return first.get();
            }
        }
        throw new AssertionError("it does not fit into " + MOST + " bytes");
    }

    private interface Attempt {
        /** Whether it fitted. */
        boolean on(MemoryDisk memory, FailingDisk disk, Ledger ledger) throws IOException;
    }

    /** Afterwards there is space, and whatever fitted, it goes on. */
    private boolean tryWith(int free, byte[] content, Attempt attempt) {
        MemoryDisk memory = new MemoryDisk();
        Ledger ledger = new Ledger();
        if (content.length > 0) {
            memory.put(Lines.file(form), content);
            for (int n = 1; n <= 3; n++) {
                ledger.submitted(n, Lines.message(n));
                ledger.acknowledged(n);
            }
            ledger.created();
        }
        FailingDisk disk = new FailingDisk(memory);
        try {
            disk.createFolders(Lines.FILE.getParent());
            disk.createFolders(Lines.QUARANTINE);
            disk.leaveFree(free);
            boolean fitted = attempt.on(memory, disk, ledger);
            ledger.check(memory.crash(free), free);
            ledger.check(memory, free);
            return fitted;
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError("with " + free + " bytes free", e);
        }
    }

    private byte[] three() {
        return Lines.file(form, List.of(Lines.message(1), Lines.message(2), Lines.message(3)));
    }

    private boolean makes(int free) {
        return tryWith(free, new byte[0], (memory, disk, ledger) -> {
            try {
                Lines.journals(disk, Runnable::run).create(Lines.file(form), Lines.first());
                ledger.created();
                return true;
            } catch (IOException e) {
                assertEquals(List.of(), memory.list(Lines.FILE.getParent()));
                return false;
            }
        });
    }

    private boolean appends(int free) {
        byte[] before = three();
        return tryWith(free, before, (memory, disk, ledger) -> {
            HandExecutor io = new HandExecutor();
            Journal journal = Lines.journals(disk, io).open(Lines.file(form), line -> {}, new NotedDamage());
            int known = ledger.acknowledgements();
            for (int i = 0; i < lines; i++) {
                ledger.message(journal, lineLength);
            }
            io.runAll();
            int acknowledged = ledger.acknowledgements() - known;
            assertTrue(acknowledged == lines || acknowledged == 0, () -> acknowledged + " of a batch");
            if (acknowledged == 0) {
                assertArrayEquals(before, memory.bytes(Lines.file(form)), "nothing of it stays");
                assertArrayEquals(before, memory.crash(free).bytes(Lines.file(form)), "nor after a power cut");
            }
            disk.leaveFree(Long.MAX_VALUE);
            ledger.message(journal);
            io.runAll();
            assertEquals(known + acknowledged + 1, ledger.acknowledgements(), "it goes on");
            return acknowledged == lines;
        });
    }

    private boolean heals(int free) {
        byte[] torn =
                Lines.join(three(), Lines.utf8("{\"role\":\"user\",\"content\":\"a line that was never finished"));
        return tryWith(free, torn, (memory, disk, ledger) -> {
            List<JournalLine> found = new ArrayList<>();
            Journal journal = Lines.open(disk, form, found, new NotedDamage());
            ledger.check(found);
            boolean healed = journal.refusal().isEmpty();
            assertArrayEquals(healed ? three() : torn, memory.bytes(Lines.file(form)), "the torn end is not lost");
            assertTrue(!healed || memory.list(Lines.QUARANTINE).size() == 1, "what was cut off is kept");
            disk.leaveFree(Long.MAX_VALUE);
            return healed;
        });
    }

    private boolean rewrites(int free) {
        byte[] before = three();
        return tryWith(free, before, (memory, disk, ledger) -> {
            Journals journals = Lines.journals(disk, Runnable::run);
            Path file = Lines.file(form);
            try {
                journals.rewrite(file, Rewriting.to(form).packing(), new NotedDamage());
                return true;
            } catch (IOException e) {
                assertArrayEquals(before, memory.bytes(file));
                assertEquals(List.of(file), memory.list(file.getParent()));
                return false;
            } catch (UncheckedIOException e) {
                throw new AssertionError("an error that is not told as one", e);
            }
        });
    }
}
