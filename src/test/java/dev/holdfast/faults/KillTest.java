package dev.holdfast.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed, again and again. {@code -Dfaults.kills} says how often. */
@Tag("faults")
class KillTest {
    private static final int CONVERSATIONS = 9;
    private static final int KILLS_A_FOLDER = 10;

    @TempDir
    Path folder;

    @Test
    void whatAKilledProcessHadAcknowledgedIsThere() throws IOException {
        int kills = Machine.count("faults.kills", 50);
        Random random = new Random(1);
        Writing.Tally tally = new Writing.Tally();
        Writing writing = null;
        for (int kill = 0; kill < kills; kill++) {
            if (kill % KILLS_A_FOLDER == 0) {
                writing = new Writing(folder.resolve("data" + kill), CONVERSATIONS, tally);
            }
            try (var process = writing.start()) {
                writing.await(process, random.nextInt(CONVERSATIONS), 1 + random.nextInt(60));
                process.kill();
                writing.take(process);
            }
            writing.check();
        }
        System.out.println("kill campaign: " + kills + " kills of a writing process, " + tally);
    }
}
