package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which file counts where a change of form left two. */
class JournalFilesTest {
    private static final Path FOLDER = Lines.FILE.getParent();
    private static final Path PACKED = Lines.file(JournalForm.GZIP);

    private final MemoryDisk disk = new MemoryDisk();

    private Path find() throws IOException {
        return Lines.journals(disk, Runnable::run).find(FOLDER, "one").orElseThrow();
    }

    /** A journal of that generation with the messages 1 to {@code last}. */
    private static byte[] journal(JournalForm form, int generation, int last) {
        List<byte[]> parts = new ArrayList<>();
        JsonObject first = Lines.first();
        first.addProperty("generation", generation);
        parts.add(Lines.frame(form, JournalFormat.encodeFirst(first), 0));
        for (int n = 1; n <= last; n++) {
            parts.add(Lines.line(form, Lines.message(n), n));
        }
        return Lines.join(parts.toArray(byte[][]::new));
    }

    private static byte[] damaged(byte[] journal) {
        byte[] damaged = journal.clone();
        damaged[journal.length / 2] ^= 1;
        return damaged;
    }

    private static byte[] withoutFirst(byte[] journal) {
        byte[] without = journal.clone();
        without[20] ^= 1;
        return without;
    }

    private void assertOnly(Path file, int kept) throws IOException {
        assertEquals(file, find());
        assertEquals(List.of(file), disk.list(FOLDER));
        assertEquals(kept, disk.list(Lines.QUARANTINE).size());
    }

    @Test
    void olderFileWithoutLinesOfItsOwnIsDeleted() throws IOException {
        disk.put(Lines.FILE, journal(JournalForm.PLAIN, 1, 5));
        disk.put(PACKED, journal(JournalForm.GZIP, 2, 5));
        assertOnly(PACKED, 0);
        assertEquals(List.of(PACKED), disk.crash(3).list(FOLDER));
    }

    @Test
    void olderFileWithMoreLinesIsKeptAside() throws IOException {
        byte[] longer = journal(JournalForm.GZIP, 1, 6);
        disk.put(PACKED, longer);
        disk.put(Lines.FILE, journal(JournalForm.PLAIN, 2, 5));
        assertOnly(Lines.FILE, 1);
        Journals plain = new Journals(disk, Lines.QUARANTINE, Runnable::run, Lines.CODEC);
        assertEquals(6, plain.check(Lines.FILE).lines());
    }

    @Test
    void fileOfTheSameGenerationIsKeptAside() throws IOException {
        disk.put(Lines.FILE, journal(JournalForm.PLAIN, 2, 5));
        disk.put(PACKED, journal(JournalForm.GZIP, 2, 4));
        assertOnly(Lines.FILE, 1);
    }

    @Test
    void ofEqualFilesTheFormDecides() throws IOException {
        disk.put(Lines.FILE, journal(JournalForm.PLAIN, 2, 5));
        disk.put(PACKED, journal(JournalForm.GZIP, 2, 5));
        assertOnly(PACKED, 1);
    }

    @Test
    void newerFileThatIsDamagedGivesWayToAnOlderOneThatHasAll() throws IOException {
        disk.put(Lines.FILE, journal(JournalForm.PLAIN, 1, 5));
        disk.put(PACKED, damaged(journal(JournalForm.GZIP, 2, 5)));
        assertOnly(Lines.FILE, 1);
    }

    @Test
    void newerFileThatIsDamagedCountsIfItGoesOnFarther() throws IOException {
        disk.put(Lines.FILE, journal(JournalForm.PLAIN, 1, 5));
        disk.put(PACKED, damaged(journal(JournalForm.GZIP, 2, 6)));
        assertOnly(PACKED, 1);
    }

    @Test
    void fileThatLostItsFirstLineGivesWay() throws IOException {
        disk.put(Lines.FILE, withoutFirst(journal(JournalForm.PLAIN, 1, 9)));
        disk.put(PACKED, journal(JournalForm.GZIP, 1, 5));
        assertOnly(PACKED, 1);
    }

    @Test
    void ofTwoThatLostTheirFirstLineTheOneThatGoesOnFartherCounts() throws IOException {
        disk.put(Lines.FILE, withoutFirst(journal(JournalForm.PLAIN, 1, 9)));
        disk.put(PACKED, withoutFirst(journal(JournalForm.GZIP, 2, 5)));
        assertOnly(Lines.FILE, 1);
    }

    @Test
    void warningOfAFileThatGoesGoesToo() throws IOException {
        disk.put(Lines.FILE, journal(JournalForm.PLAIN, 1, 5));
        disk.put(Distrust.warning(Lines.FILE), new byte[0]);
        disk.put(PACKED, journal(JournalForm.GZIP, 2, 5));
        assertOnly(PACKED, 0);
        assertFalse(disk.exists(Distrust.warning(Lines.FILE)));
    }

    @Test
    void temporaryFilesOfEveryFormGo() throws IOException {
        byte[] journal = journal(JournalForm.PLAIN, 1, 5);
        disk.put(Lines.FILE, journal);
        for (JournalForm form : JournalForm.values()) {
            disk.put(WholeFile.temporary(Lines.file(form)), journal);
        }
        assertOnly(Lines.FILE, 0);
        assertArrayEquals(journal, disk.bytes(Lines.FILE));
    }

    @Test
    void nameOfAJournalIsThatOfItsFileWithoutAnEnding() {
        assertEquals("one", JournalForm.nameOf(Path.of("ab/one.jsonl")));
        assertEquals("one", JournalForm.nameOf(Path.of("ab/one.jsonl.gz")));
        assertEquals("one", JournalForm.nameOf(Path.of("ab/one.jsonl.fernet")));
        assertEquals("one.txt", JournalForm.nameOf(Path.of("ab/one.txt")));
        assertEquals(JournalForm.PLAIN, JournalForm.of(Path.of("ab/one.txt")));
    }
}
