package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long it takes until a second process on a folder has refused. */
@Tag("faults")
class SecondProcessIT {
    private static final int TRIES = 10;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void secondProcessRefusesWithinASecondAndNamesTheFirst() {
        Path data = folder.resolve("data");
        long fastest = Long.MAX_VALUE;
        try (RunningJar jar = RunningJar.serve(data)) {
            Pattern named = Pattern.compile("\\b" + jar.process().pid() + "\\b");
            for (int i = 0; i < TRIES; i++) {
                long start = System.nanoTime();
                try (RunningProcess second = RunningJar.run(folder, "--data", data.toString(), "--port", "0")) {
                    second.awaitErrorLine(named, SOON);
                    // The fastest, for what else the machine does makes it only slower.
                    fastest = Math.min(fastest, System.nanoTime() - start);
                    assertTrue(second.awaitExit(SOON) != 0, second.toString());
                }
            }
        }
        long millis = Duration.ofNanos(fastest).toMillis();
        System.out.println("second process campaign: refused " + TRIES + " times, within " + millis + " ms");
        assertTrue(millis <= 1_000, () -> "refused after " + millis + " ms");
    }
}
