package dev.holdfast.store;

import dev.holdfast.journal.Disk;
import dev.holdfast.journal.MemoryDisk;
import java.nio.file.Path;

class StoreOnMemoryDiskTest extends StoreContract {
    private final Disk disk = new MemoryDisk();

    @Override
    Disk disk() {
        return disk;
    }

    @Override
    Path data() {
        return Path.of("/data").toAbsolutePath();
    }
}
