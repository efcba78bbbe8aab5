package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks that fail: every operation, once and for good; full ones; forces that cannot be trusted. */
@ParameterizedClass
@EnumSource(JournalForm.class)
class JournalFaultTest {
    private final JournalForm form;
    private final Path path;
    private final MemoryDisk memory = new MemoryDisk();
    private final FailingDisk disk = new FailingDisk(memory);

    JournalFaultTest(JournalForm form) {
        this.form = form;
        this.path = Lines.file(form);
    }

    private Journal create() throws IOException {
        disk.createFolders(path.getParent());
        return Lines.journals(disk, Runnable::run).create(path, Lines.first());
    }

    private static JournalException failure(CompletableFuture<Long> future) {
        CompletionException failure = assertThrows(CompletionException.class, future::join);
        return assertInstanceOf(JournalException.class, failure.getCause());
    }

    private List<JournalLine> reopened() throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        Lines.open(disk, form, lines, new NotedDamage()).close();
        return lines;
    }

    @Test
    @Tag("slow")
    void everyOperationFailingOnceLosesNothing() {
        System.out.println(new FaultCampaign(form, false).call());
    }

    @Test
    @Tag("slow")
    void everyOperationFailingForGoodLosesNothing() {
        System.out.println(new FaultCampaign(form, true).call());
    }

    @Test
    void aShortWriteIsGoneOnWith() throws IOException {
        Journal journal = create();
        disk.shortenWrites(3);
        journal.append(Lines.message(1), Durability.FORCED).join();
        journal.close();
        assertEquals(Lines.message(1), reopened().get(1).json());
    }

    @Test
    void aFullDiskFailsAppendsUntilThereIsSpaceAgain() throws IOException {
        Journal journal = create();
        disk.failEvery("write");
        assertEquals(
                path
                        + " could not be written to, and nothing of it was kept: injected failure of write. Check the"
                        + " disk and its free space, then try again.",
                failure(journal.append(Lines.message(1), Durability.FORCED)).getMessage());
        failure(journal.append(Lines.message(2), Durability.FORCED));
        assertTrue(journal.refusal().isEmpty());
        assertEquals(0, journal.lastSeq());
        disk.mend();
        assertEquals(1, journal.append(Lines.message(3), Durability.FORCED).join());
        journal.close();
        NotedDamage damage = new NotedDamage();
        List<JournalLine> lines = new ArrayList<>();
        Lines.open(disk, form, lines, damage).close();
        assertEquals(List.of(), damage.notes());
        assertEquals(Lines.message(3), lines.get(1).json());
    }

    @Test
    void linesOfATornWriteAreGoneAtOnceAndForGood() throws IOException {
        disk.createFolders(path.getParent());
        HandExecutor io = new HandExecutor();
        Journal journal = Lines.journals(disk, io).create(path, Lines.first());
        byte[] before = memory.bytes(path);
        for (int n = 1; n <= 6; n++) {
            journal.append(Lines.message(n), Durability.FORCED);
        }
        disk.failOnceAt(1, "write");
        io.runAll();
        assertArrayEquals(before, memory.bytes(path));
        for (int seed = 0; seed < 20; seed++) {
            assertArrayEquals(before, memory.crash(seed).bytes(path));
        }
        journal.append(Lines.delta(7), Durability.WRITTEN);
        io.runAll();
        List<JournalLine> lines = reopened();
        assertEquals(2, lines.size());
        assertEquals(new JournalLine(1, Lines.delta(7), true), lines.get(1));
    }

    @Test
    void aTornWriteThatCannotBeCutOffEndsTheWritingUntilReopened() throws IOException {
        Journal journal = create();
        disk.failForGoodAt(1);
        JournalException failure = failure(journal.append(Lines.message(1), Durability.FORCED));
        assertEquals(
                path + " could not be written to, nor what was begun be cut off: injected failure of truncate."
                        + " Check the disk, then open the conversation again.",
                failure.getMessage());
        disk.mend();
        assertEquals(failure, failure(journal.append(Lines.message(2), Durability.FORCED)));
        assertEquals(failure, journal.refusal().orElseThrow());
        journal.close();
        assertEquals(1, reopened().size());
    }

    @Test
    void afterAFailedForceNothingIsAcknowledgedUntilANewFileStandsThere() throws IOException {
        Journal journal = create();
        journal.append(Lines.message(1), Durability.FORCED).join();
        disk.failOnceAt(1, "force");
        List<Long> written = new ArrayList<>();
        assertEquals(
                path + " could not be forced to the disk: injected failure of force. Its last lines may be lost."
                        + " Check the disk, then open the conversation again.",
                failure(journal.append(Lines.message(2), Durability.FORCED, written::add))
                        .getMessage());
        failure(journal.append(Lines.message(3), Durability.FORCED, written::add));
        assertEquals(List.of(), written);
        assertEquals(1, journal.lastSeq());
        journal.close();

        List<JournalLine> lines = reopened();
        assertEquals(3, lines.size());
        assertEquals(Lines.message(2), lines.get(2).json());
        for (int seed = 0; seed < 20; seed++) {
            List<JournalLine> found = new ArrayList<>();
            Lines.open(memory.crash(seed), form, found, new NotedDamage()).close();
            assertEquals(lines, found);
        }
        assertFalse(memory.exists(path.resolveSibling(path.getFileName() + ".unforced")));
        assertTrue(memory.distrusted().isEmpty());
    }

    @Test
    void aFailedForceIsRememberedByTheNextProcess() throws IOException {
        Journal journal = create();
        disk.failOnceAt(1, "force");
        failure(journal.append(Lines.message(1), Durability.FORCED));
        journal.close();
        memory.distrusted().clear();
        assertReopenedSurvives();
    }

    @Test
    void aFailedForceIsRememberedEvenWhereNoWarningCanBeLeft() throws IOException {
        Journal journal = create();
        disk.failForGoodAt(2);
        failure(journal.append(Lines.message(1), Durability.FORCED));
        disk.mend();
        journal.close();
        assertFalse(memory.exists(path.resolveSibling(path.getFileName() + ".unforced")));
        assertReopenedSurvives();
    }

    @Test
    void aForceThatFailsOnOpeningIsRemembered() throws IOException {
        create().append(Lines.delta(1), Durability.WRITTEN).join();
        disk.failOnceAt(1, "force");
        JournalException refused = assertThrows(JournalException.class, this::reopened);
        assertEquals(
                path
                        + " could not be forced to the disk: injected failure of force. Check the disk, then try"
                        + " again.",
                refused.getMessage());
        assertReopenedSurvives();
    }

    @Test
    void aForceThatFailsOnClosingIsToldAndRemembered() throws IOException {
        Journal journal = create();
        journal.append(Lines.delta(1), Durability.WRITTEN).join();
        disk.failOnceAt(1, "force");
        assertThrows(JournalException.class, journal::close);
        assertReopenedSurvives();
    }

    @Test
    void closingForcesWhatWasOnlyWritten() throws IOException {
        Journal journal = create();
        journal.append(Lines.delta(1), Durability.WRITTEN).join();
        journal.close();
        assertReopenedSurvives();
    }

    @Test
    void openingForcesWhatAKilledProcessLeftInTheSystemsMemory() throws IOException {
        disk.createFolders(path.getParent());
        disk.failOnceAt(1, "forceFolder");
        assertThrows(IOException.class, this::create);
        disk.mend();
        try (Journal journal = Lines.open(disk, form, new ArrayList<>(), new NotedDamage())) {
            journal.append(Lines.delta(1), Durability.WRITTEN).join();
            assertReopenedSurvives(); // The first journal still stands open, as if its process had been killed.
        }
    }

    private void assertReopenedSurvives() throws IOException {
        List<JournalLine> lines = reopened();
        assertEquals(2, lines.size());
        for (int seed = 0; seed < 20; seed++) {
            List<JournalLine> found = new ArrayList<>();
            Lines.open(memory.crash(seed), form, found, new NotedDamage()).close();
            assertEquals(lines, found);
        }
    }

    @Test
    void aReplacementThatFailsLeavesTheFileDistrusted() throws IOException {
        Journal journal = create();
        disk.failOnceAt(1, "force");
        failure(journal.append(Lines.message(1), Durability.FORCED));
        journal.close();
        disk.failEvery("force");
        assertThrows(IOException.class, this::reopened);
        disk.mend();
        assertReopenedSurvives();
    }

    @Test
    void stoppedThreadsFailWhatWaitsAndTheFileIsStillClosed() throws IOException {
        disk.createFolders(path.getParent());
        Journal journal = Lines.journals(disk, task -> {
                    throw new RejectedExecutionException("stopped");
                })
                .create(path, Lines.first());
        assertEquals(
                path + " cannot be written to: its I/O threads have been stopped. Start Holdfast again.",
                failure(journal.append(Lines.message(1), Durability.FORCED)).getMessage());
        journal.close();
        assertEquals(1, reopened().size());
    }
}
