package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every disk does. */
abstract class DiskContract {
    abstract Disk disk();

    /** A folder that is there. */
    abstract Path root();

    @Test
    void createFoldersMakesAllThatAreMissingAndMayBeRepeated() throws IOException {
        Path folder = root().resolve("a/b/c");
        disk().createFolders(folder);
        disk().createFolders(folder);
        assertTrue(disk().exists(folder));
        assertEquals(List.of(root().resolve("a/b")), disk().list(root().resolve("a")));
    }

    @Test
    void createFoldersOverAFileIsRefused() throws IOException {
        write(root().resolve("file"), "x");
        assertThrows(IOException.class, () -> disk().createFolders(root().resolve("file")));
    }

    @Test
    void whatIsWrittenIsReadAtItsPosition() throws IOException {
        Path file = root().resolve("file");
        try (DiskFile opened = disk().create(file)) {
            opened.writeFully(ByteBuffer.wrap(Lines.utf8("abcdef")), 0);
            opened.writeFully(ByteBuffer.wrap(Lines.utf8("XY")), 2);
            opened.force();
            assertEquals(6, opened.size());
            ByteBuffer target = ByteBuffer.allocate(3);
            assertEquals(3, opened.read(target, 1));
            assertArrayEquals(Lines.utf8("bXY"), target.array());
            assertEquals(-1, opened.read(ByteBuffer.allocate(1), 6));
        }
    }

    @Test
    void writingBehindTheEndLeavesNulsBetween() throws IOException {
        try (DiskFile opened = disk().create(root().resolve("file"))) {
            opened.writeFully(ByteBuffer.wrap(Lines.utf8("z")), 2);
        }
        assertArrayEquals(new byte[] {0, 0, 'z'}, WholeFile.read(disk(), root().resolve("file"), 10));
    }

    @Test
    void truncateDropsTheEndAndNeverLengthens() throws IOException {
        Path file = root().resolve("file");
        try (DiskFile opened = disk().create(file)) {
            opened.writeFully(ByteBuffer.wrap(Lines.utf8("abcdef")), 0);
            opened.truncate(4);
            opened.truncate(9);
            assertEquals(4, opened.size());
        }
        assertArrayEquals(Lines.utf8("abcd"), WholeFile.read(disk(), file, 10));
    }

    @Test
    void createOfATakenNameIsRefused() throws IOException {
        write(root().resolve("file"), "x");
        assertThrows(FileAlreadyExistsException.class, () -> disk().create(root().resolve("file")));
    }

    @Test
    void whatIsNotThereIsSaidSo() throws IOException {
        Path missing = root().resolve("missing");
        assertFalse(disk().exists(missing));
        assertEquals(List.of(), disk().list(missing));
        assertThrows(NoSuchFileException.class, () -> disk().open(missing));
        assertThrows(NoSuchFileException.class, () -> disk().openToRead(missing));
        assertThrows(NoSuchFileException.class, () -> disk().delete(missing));
        assertThrows(NoSuchFileException.class, () -> disk().move(missing, root().resolve("to")));
        assertThrows(NoSuchFileException.class, () -> disk().create(missing.resolve("file")));
    }

    @Test
    void moveReplacesAFileOfThatName() throws IOException {
        write(root().resolve("old"), "old");
        write(root().resolve("new"), "new");
        disk().move(root().resolve("new"), root().resolve("old"));
        disk().forceFolder(root());
        assertFalse(disk().exists(root().resolve("new")));
        assertArrayEquals(Lines.utf8("new"), WholeFile.read(disk(), root().resolve("old"), 10));
    }

    @Test
    void anOpenFileOutlivesItsName() throws IOException {
        Path file = root().resolve("file");
        write(file, "x");
        try (DiskFile opened = disk().openToRead(file)) {
            disk().delete(file);
            assertFalse(disk().exists(file));
            assertEquals(1, opened.read(ByteBuffer.allocate(1), 0));
        }
    }

    @Test
    void listIsSortedByName() throws IOException {
        write(root().resolve("b"), "");
        write(root().resolve("a"), "");
        assertEquals(List.of(root().resolve("a"), root().resolve("b")), disk().list(root()));
    }

    @Test
    void aFolderIsNoFile() {
        assertThrows(IOException.class, () -> disk().open(root()));
    }

    void write(Path file, String content) throws IOException {
        try (DiskFile opened = disk().create(file)) {
            opened.writeFully(ByteBuffer.wrap(Lines.utf8(content)), 0);
        }
    }
}
