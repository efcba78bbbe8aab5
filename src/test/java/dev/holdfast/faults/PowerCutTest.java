package dev.holdfast.faults;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The power of a real file system is cut while a process writes. {@code -Dfaults.powercuts} says how often. */
@Tag("faults")
class PowerCutTest {
    private static final int CONVERSATIONS = 9;
    private static final int CUTS_A_FOLDER = 10;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void whatWasAcknowledgedBeforeAPowerCutIsThere(String type) throws IOException {
        int cuts = Machine.count("faults.powercuts", 20);
        Random random = new Random(2);
        Writing.Tally tally = new Writing.Tally();
        try (Mount mount = Mount.image(type, folder)) {
            Writing writing = null;
            for (int cut = 0; cut < cuts; cut++) {
                if (cut % CUTS_A_FOLDER == 0) {
                    writing = new Writing(mount.folder().resolve("data" + cut), CONVERSATIONS, tally);
                }
                try (var process = writing.start()) {
                    writing.await(process, random.nextInt(CONVERSATIONS), 1 + random.nextInt(60));
                    Instant before = mount.cutPower();
                    process.kill();
                    writing.take(process, before);
                }
                mount.again();
                writing.check();
            }
        }
        System.out.println("power cut campaign, " + type + ": " + cuts + " cuts, " + tally);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void whatWasAcknowledgedButNotForcedIsFoundToBeLost(String type) throws IOException {
        try (Mount mount = Mount.image(type, folder)) {
            Writing writing = new Writing(mount.folder().resolve("data"), CONVERSATIONS, new Writing.Tally());
            try (var process = writing.startUnforced()) {
                writing.await(process, 0, 60);
                Instant before = mount.cutPower();
                process.kill();
                writing.take(process, before);
            }
            mount.again();
            assertThrows(AssertionError.class, writing::check);
        }
    }
}
