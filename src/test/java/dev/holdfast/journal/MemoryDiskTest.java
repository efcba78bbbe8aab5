package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryDiskTest extends DiskContract {
    private static final int SEEDS = 200;

    private final MemoryDisk disk = new MemoryDisk();

    @Override
    Disk disk() {
        return disk;
    }

    @Override
    Path root() {
        return Path.of("/").toAbsolutePath();
    }

    @Test
    void afterACrashWhatWasForcedIsThere() throws IOException {
        Path file = root().resolve("file");
        try (DiskFile opened = disk.create(file)) {
            opened.writeFully(ByteBuffer.wrap(Lines.utf8("forced")), 0);
            opened.force();
        }
        disk.forceFolder(root());
        for (int seed = 0; seed < SEEDS; seed++) {
            assertArrayEquals(Lines.utf8("forced"), disk.crash(seed).bytes(file));
        }
    }

    @Test
    void afterACrashAnUnforcedWriteIsKeptLostTornOrNul() throws IOException {
        disk.put(root().resolve("file"), Lines.utf8("old "));
        try (DiskFile opened = disk.open(root().resolve("file"))) {
            opened.writeFully(ByteBuffer.wrap(Lines.utf8("ne")), 4);
        }
        Set<String> found = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            found.add(new String(disk.crash(seed).bytes(root().resolve("file"))));
        }
        assertEquals(Set.of("old ", "old n", "old ne", "old \0\0"), found);
    }

    @Test
    void afterACrashAnUnforcedEntryIsThereOrNotAndAForcedOneIs() throws IOException {
        write(root().resolve("forced"), "");
        disk.forceFolder(root());
        write(root().resolve("unforced"), "");
        disk.delete(root().resolve("forced"));
        Set<Object> found = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            MemoryDisk after = disk.crash(seed);
            found.add(after.exists(root().resolve("forced")) + " " + after.exists(root().resolve("unforced")));
        }
        assertEquals(Set.of("true false", "true true", "false true"), found);
    }

    @Test
    void aForceThatFailedLosesItsWritesThoughTheNextOneSucceeds() throws IOException {
        disk.put(root().resolve("file"), new byte[0]);
        FailingDisk failing = new FailingDisk(disk);
        try (DiskFile opened = failing.open(root().resolve("file"))) {
            opened.writeFully(ByteBuffer.wrap(Lines.utf8("lost")), 0);
            failing.failOnceAt(1, "force");
            assertThrows(IOException.class, opened::force);
            opened.force();
            assertEquals(4, opened.size());
        }
        assertEquals(0, disk.crash(1).bytes(root().resolve("file")).length);
    }

    @Test
    void aCrashLeavesTheDiskThatCrashedAsItWas() throws IOException {
        write(root().resolve("file"), "x");
        boolean lost = false;
        for (int seed = 0; seed < SEEDS; seed++) {
            lost |= !disk.crash(seed).exists(root().resolve("file"));
        }
        assertTrue(lost);
        assertTrue(disk.exists(root().resolve("file")));
        assertFalse(disk.exists(root().resolve("other")));
    }
}
