package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WholeFileTest {
    private static final Path FOLDER = Path.of("/data/people").toAbsolutePath();
    private static final Path FILE = FOLDER.resolve("drafts.json");

    private final MemoryDisk disk = new MemoryDisk();

    private String content(Disk disk) throws IOException {
        return new String(WholeFile.read(disk, FILE, 1000));
    }

    @Test
    void replaceMakesAndReplaces() throws IOException {
        disk.createFolders(FOLDER);
        WholeFile.replace(disk, FILE, Lines.utf8("one"));
        assertEquals("one", content(disk));
        WholeFile.replace(disk, FILE, Lines.utf8("another"));
        assertEquals("another", content(disk));
        assertEquals(List.of(FILE), disk.list(FOLDER));
    }

    @Test
    void atEveryPowerCutTheOldIsThereOrTheNewAndAfterwardsTheNew() throws IOException {
        disk.put(FILE, Lines.utf8("old"));
        Set<String> found = new HashSet<>();
        disk.beforeEachChange(() -> {
            for (int seed = 0; seed < 50; seed++) {
                found.add(new String(disk.crash(seed).bytes(FILE)));
            }
        });
        WholeFile.replace(disk, FILE, Lines.utf8("new"));
        assertEquals(Set.of("old", "new"), found);
        for (int seed = 0; seed < 50; seed++) {
            assertEquals("new", content(disk.crash(seed)));
        }
    }

    @Test
    void whicheverOperationFailsTheOldIsThereOrTheNewAndItCanBeReplacedAgain() throws IOException {
        for (int n = 1; ; n++) {
            MemoryDisk memory = new MemoryDisk();
            memory.put(FILE, Lines.utf8("old"));
            FailingDisk failing = new FailingDisk(memory).failOnceAt(n);
            boolean failed = false;
            try {
                WholeFile.replace(failing, FILE, Lines.utf8("new"));
            } catch (IOException e) {
                failed = true;
            }
            assertTrue(Set.of("old", "new").contains(content(memory)));
            assertTrue(failed || content(memory).equals("new"));
            WholeFile.replace(memory, FILE, Lines.utf8("third"));
            assertEquals("third", content(memory));
            assertEquals(List.of(FILE), memory.list(FOLDER));
            if (failing.operations() < n) {
                assertTrue(n > 8);
                return;
            }
        }
    }

    @Test
    void aContentThatThrowsLeavesTheOld() throws IOException {
        disk.put(FILE, Lines.utf8("old"));
        assertThrows(
                IllegalStateException.class,
                () -> WholeFile.replace(disk, FILE, out -> {
                    out.write(1);
                    throw new IllegalStateException("a bug");
                }));
        assertEquals("old", content(disk));
        assertEquals(List.of(FILE), disk.list(FOLDER));
    }

    @Test
    void whatIsReadBackOtherwiseIsNotPutInPlace() throws IOException {
        disk.put(FILE, Lines.utf8("old"));
        FailingDisk spoiling = new FailingDisk(disk);
        spoiling.spoilReads();
        JournalException refused =
                assertThrows(JournalException.class, () -> WholeFile.replace(spoiling, FILE, Lines.utf8("new")));
        assertEquals(
                FILE + ".tmp does not hold what was just written to it. The disk is failing: copy the data folder to"
                        + " another one.",
                refused.getMessage());
        assertEquals("old", content(disk));
    }

    @Test
    void createOverAFileIsRefused() throws IOException {
        disk.put(FILE, Lines.utf8("old"));
        assertThrows(FileAlreadyExistsException.class, () -> WholeFile.create(disk, FILE, out -> out.write('x')));
        assertEquals("old", content(disk));
        assertEquals(List.of(FILE), disk.list(FOLDER));
    }

    @Test
    void aStrayTemporaryFileIsTakenOverOrSwept() throws IOException {
        disk.put(WholeFile.temporary(FILE), Lines.utf8("stray"));
        WholeFile.replace(disk, FILE, Lines.utf8("new"));
        disk.put(WholeFile.temporary(FILE), Lines.utf8("stray"));
        assertEquals(1, WholeFile.sweep(disk, FOLDER));
        assertEquals(List.of(FILE), disk.list(FOLDER));
        assertEquals(0, WholeFile.sweep(disk, FOLDER.resolve("missing")));
    }

    @Test
    void aLargeContentIsWrittenAndReadWhole() throws IOException {
        disk.createFolders(FOLDER);
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        WholeFile.replace(disk, FILE, large);
        assertArrayEquals(large, WholeFile.read(disk, FILE, large.length));
        JournalException refused = assertThrows(JournalException.class, () -> WholeFile.read(disk, FILE, 1000));
        assertEquals(FILE + " has 300000 bytes, more than 1000. Look what has filled it.", refused.getMessage());
        assertFalse(disk.exists(WholeFile.temporary(FILE)));
    }
}
