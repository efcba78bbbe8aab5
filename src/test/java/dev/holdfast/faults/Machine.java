package dev.holdfast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What this machine can do, and its commands. */
final class Machine {
    private Machine() {}

    /** Skips the test, with a line that says so, unless it runs as root and has these commands. */
    static void requireRootAnd(String... commands) {
        require(command("id", "-u").strip().equals("0"), "it needs root");
        requireCommands(commands);
    }

    /** Skips the test, with a line that says so, unless these commands are there. */
    static void requireCommands(String... commands) {
        for (String command : commands) {
            require(isThere(command), "there is no command " + command);
        }
    }

    private static void require(boolean met, String reason) {
        if (!met) {
            System.out.println("SKIPPED, a fault campaign did not run: " + reason);
        }
        Assumptions.assumeTrue(met, reason);
    }

    private static boolean isThere(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** Runs a command to its end; what it printed. */
    static String command(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(List.of(command) + " ended with " + process.exitValue() + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + List.of(command), e);
        }
    }

    /** How many of something a campaign tries: the system property of that name, or what it tries otherwise. */
    static int count(String property, int otherwise) {
        return Integer.getInteger(property, otherwise);
    }
}
