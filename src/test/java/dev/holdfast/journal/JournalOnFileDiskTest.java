package dev.holdfast.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JournalOnFileDiskTest extends JournalContract {
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
}
