package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
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

    @Test
    void aLongQueueLetsOtherJournalsHaveTheirTurn() throws IOException {
        HandExecutor io = new HandExecutor();
        Journal busy = Lines.journals(disk, io).create(root.resolve("busy" + form.ending()), Lines.first());
        Journal quiet = Lines.journals(disk, io).create(root.resolve("quiet" + form.ending()), Lines.first());
        JsonObject large = Lines.message(1);
        large.addProperty("content", "x".repeat(600_000)); // So large that each is written alone.
        List<String> told = new ArrayList<>();
        for (int n = 1; n <= 20; n++) {
            busy.append(large, Durability.FORCED, seq -> told.add("busy " + seq));
        }
        quiet.append(Lines.message(1), Durability.FORCED, seq -> told.add("quiet " + seq));
        io.runAll();
        assertEquals(21, told.size());
        assertEquals("quiet 1", told.get(16));
        busy.closed();
        quiet.closed();
        io.runAll();
    }
}
