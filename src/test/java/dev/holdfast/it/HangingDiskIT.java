package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk hangs while the server is asked to end: it ends without, and goes on after the next start. */
@Tag("faults")
@Timeout(300)
class HangingDiskIT {
    private static final String FORCES = "fdatasync,fsync";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void theServerEndsWithoutADiskThatHangsAndTheReplyGoesOnAfterTheNextStart() throws IOException {
        Visitor visitor;
        String conversation;
        try (RunningJar jar = RunningJar.serve(folder.resolve("data"))) {
            visitor = new Visitor(jar.address());
            conversation = visitor.begin("Tell me a story about a lighthouse in 60 words, slowly.");
            Process hanging = hangForces(jar.process().pid());
            try {
                ProcessHandle.of(jar.process().pid()).orElseThrow().destroy();
                jar.process().awaitErrorLine(Pattern.compile("could not close its files within 10 seconds"), PATIENCE);
            } finally {
                hanging.destroyForcibly();
            }
            assertEquals(1, jar.process().awaitExit(PATIENCE));
        }
        try (RunningJar jar = RunningJar.serve(folder.resolve("data"))) {
            Visitor back = visitor.at(jar.address());
            do { // The first reply that is told of may be the one that broke off.
                back.awaitReply(conversation);
            } while (!state(back, conversation).equals("complete"));
            assertEquals(2, back.messages(conversation).size());
        }
    }

    private static String state(Visitor visitor, String conversation) {
        return visitor.messages(conversation)
                .get(1)
                .getAsJsonObject()
                .get("state")
                .getAsString();
    }

    /** From now on no force of the process comes back. */
    private static Process hangForces(long pid) {
        try {
            Process strace = new ProcessBuilder(List.of(
                            "strace",
                            "-f",
                            "-o",
                            "/dev/null",
                            "-p",
                            Long.toString(pid),
                            "-e",
                            "trace=" + FORCES,
                            "-e",
                            "inject=" + FORCES + ":delay_enter=600s"))
                    .redirectErrorStream(true)
                    .start();
            BufferedReader said = strace.inputReader();
            String line = said.readLine();
            Assumptions.assumeTrue(line != null && line.contains("attached"), "strace may not watch: " + line);
            return strace;
        } catch (IOException e) {
            Assumptions.abort("there is no strace: " + e.getMessage());
            throw new AssertionError(e);
        }
    }
}
