package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest extends DiskContract {
    @TempDir
    Path root;

    private final Disk disk = new FileDisk();

    @Override
    Disk disk() {
        return disk;
    }

    @Override
    Path root() {
        return root;
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void foldersAndFilesArePrivate() throws IOException {
        disk.createFolders(root.resolve("a/b"));
        write(root.resolve("a/b/file"), "x");
        assertEquals("rwx------", rights(root.resolve("a")));
        assertEquals("rwx------", rights(root.resolve("a/b")));
        assertEquals("rw-------", rights(root.resolve("a/b/file")));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksAreNotFollowed() throws IOException {
        write(root.resolve("secret"), "x");
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("secret"));
        FileSystemException refused = assertThrows(FileSystemException.class, () -> disk.open(link));
        assertEquals(
                link + ": is a symbolic link; links are not followed, put the file itself here", refused.getMessage());
        assertThrows(FileSystemException.class, () -> disk.openToRead(link));
        assertThrows(FileSystemException.class, () -> disk.create(link));
        Files.createDirectory(root.resolve("folder"));
        Path folderLink = Files.createSymbolicLink(root.resolve("folder-link"), root.resolve("folder"));
        assertThrows(FileSystemException.class, () -> disk.createFolders(folderLink));
        assertTrue(disk.exists(Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nowhere"))));
    }

    @Test
    void theRootOfAFileSystemIsThereAlready() throws IOException {
        disk.createFolders(root.getRoot());
        assertTrue(disk.exists(root.getRoot()));
    }

    @Test
    void foldersAreMadeWhereThereAreNoRightsToGive() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(root.resolve("a.zip"), Map.of("create", "true"))) {
            Path folder = zip.getPath("/a/b");
            disk.createFolders(folder);
            disk.forceFolder(folder);
            assertTrue(Files.isDirectory(folder));
        }
    }

    @Test
    void anInterruptedThreadWorksOnAndStaysInterrupted() throws IOException {
        try (DiskFile opened = disk.create(root.resolve("file"))) {
            Thread.currentThread().interrupt();
            opened.writeFully(ByteBuffer.wrap(Lines.utf8("abc")), 0);
            opened.truncate(2);
            opened.force();
            assertEquals(2, opened.read(ByteBuffer.allocate(2), 0));
            disk.forceFolder(root);
            assertEquals(2, opened.size());
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aLargeWriteGoesThroughInParts() throws IOException {
        try (DiskFile opened = disk.create(root.resolve("file"))) {
            ByteBuffer large = ByteBuffer.allocate(3 << 20);
            assertEquals(1 << 20, opened.write(large, 0));
            opened.writeFully(large, 1 << 20);
            assertEquals(3 << 20, opened.size());
        }
    }
}
