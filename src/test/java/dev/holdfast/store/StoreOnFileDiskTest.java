package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.journal.Disk;
import dev.holdfast.journal.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class StoreOnFileDiskTest extends StoreContract {
    @TempDir
    Path root;

    private final Disk disk = new FileDisk();

    @Override
    Disk disk() {
        return disk;
    }

    @Override
    Path data() {
        return root.resolve("data");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void foldersAndFilesArePrivateTheHealedOnesToo() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"));
        reopen();
        write(file(created.id()), new byte[] {1, 2, 3}, Files.size(file(created.id())));
        opened(created.id());
        assertEquals(1, damage.keptIn().size());
        try (Stream<Path> all = Files.walk(data())) {
            List<Path> paths = all.toList();
            assertTrue(paths.size() >= 6, paths.toString());
            for (Path path : paths) {
                assertEquals(
                        Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                        path.toString());
            }
        }
    }
}
