package dev.holdfast.journal;

import java.nio.file.Path;

class JournalOnMemoryDiskTest extends JournalContract {
    private final Disk disk = new MemoryDisk();

    @Override
    Disk disk() {
        return disk;
    }

    @Override
    Path root() {
        return Path.of("/data").toAbsolutePath();
    }
}
