package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;

/** Files that are replaced whole: power cuts before every change, every operation failing, a disk that reads wrong. */
final class ReplaceCampaign implements Callable<String> {
    private static final Path FILE = Path.of("/data/people/drafts.json").toAbsolutePath();

    private final int seeds;
    private int states;

    ReplaceCampaign(int seeds) {
        this.seeds = seeds;
    }

    private static String content(MemoryDisk disk) {
        return new String(disk.bytes(FILE), StandardCharsets.UTF_8);
    }

    private static MemoryDisk old() {
        MemoryDisk disk = new MemoryDisk();
        disk.put(FILE, Lines.utf8("old"));
        return disk;
    }

    @Override
    public String call() throws IOException {
        powerCuts();
        int failed = failures();
        MemoryDisk disk = old();
        FailingDisk spoiling = new FailingDisk(disk);
        spoiling.spoilReads();
        assertThrows(IOException.class, () -> WholeFile.replace(spoiling, FILE, Lines.utf8("new")));
        assertEquals("old", content(disk), "what is read back otherwise is not put in place");
        return "replace campaign: " + states + " states, " + failed + " operations failed, 0 lost";
    }

    private void powerCuts() throws IOException {
        MemoryDisk disk = old();
        disk.beforeEachChange(() -> {
            for (int seed = 0; seed < seeds; seed++) {
                states++;
                assertTrue(Set.of("old", "new").contains(content(disk.crash(seed))), "the old or the new");
            }
        });
        WholeFile.replace(disk, FILE, Lines.utf8("new"));
        for (int seed = 0; seed < seeds; seed++) {
            states++;
            assertEquals("new", content(disk.crash(seed)), "what was acknowledged");
        }
    }

    private static int failures() {
        for (int number = 1; ; number++) {
            MemoryDisk disk = old();
            FailingDisk failing = new FailingDisk(disk).failOnceAt(number);
            boolean replaced = true;
            try {
                WholeFile.replace(failing, FILE, Lines.utf8("new"));
            } catch (IOException e) {
                replaced = false;
            }
            assertTrue(content(disk).equals("new") || !replaced && content(disk).equals("old"));
            if (failing.operations() < number) {
                return number - 1;
            }
        }
    }
}
