package dev.holdfast.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program in a process of its own, mostly a Java program. Its output is read from the start, so that it never blocks on a full pipe.
 * Closing ends it. Safe for use by several threads.
 */
public final class RunningProcess implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(20);

    private final Process process;
    private final Lines stdout;
    private final Lines stderr;

    private RunningProcess(Process process) {
        this.process = process;
        this.stdout = new Lines(process.inputReader(StandardCharsets.UTF_8));
        this.stderr = new Lines(process.errorReader(StandardCharsets.UTF_8));
    }

    /**
     * Starts a program on the JDK that runs the test. The process's environment is the test's, without settings of
     * Holdfast and keys of model providers, and with {@code environment} added.
     *
     * @param folder where it runs
     * @param arguments what follows {@code java}
     */
    public static RunningProcess java(Path folder, Map<String, String> environment, List<String> arguments) {
        return javaUnder(List.of(), folder, environment, arguments);
    }

    /** As {@link #java}, with a command before it that becomes the program in the end. */
    public static RunningProcess javaUnder(
            List<String> prefix, Path folder, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return start(folder, environment, command);
    }

    /** Starts any other program, in the same environment. */
    static RunningProcess start(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_") || name.endsWith("_API_KEY"));
        builder.environment().putAll(environment);
        try {
            return new RunningProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /**
     * The first line on standard output, already printed or still to come, that the pattern finds something in.
     *
     * @throws AssertionError if there is none when the patience or the output ends; quotes what was printed
     */
    public Matcher awaitLine(Pattern pattern, Duration patience) {
        return await(stdout, pattern, patience);
    }

    /** As {@link #awaitLine}, on standard error. */
    public Matcher awaitErrorLine(Pattern pattern, Duration patience) {
        return await(stderr, pattern, patience);
    }

    private Matcher await(Lines lines, Pattern pattern, Duration patience) {
        try {
            return lines.await(pattern, patience)
                    .orElseThrow(
                            () -> new AssertionError("no line with " + pattern + " within " + patience + "\n" + this));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a line with " + pattern, e);
        }
    }

    /** Sends a line to its standard input. */
    public void type(String line) {
        try {
            Writer input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends its standard input, as Ctrl-D does. */
    public void endInput() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Its exit code, once it has ended and all its output is read; 143 after SIGTERM, 137 after SIGKILL.
     *
     * @throws AssertionError if it runs on when the patience ends
     */
    public int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + patience + "\n" + this);
            }
            stdout.awaitEnd(patience);
            stderr.awaitEnd(patience);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the end", e);
        }
    }

    /** Asks it to end (SIGTERM) and waits; its exit code. */
    public int stop() {
        process.destroy();
        return awaitExit(END);
    }

    /** Ends it without a chance to tidy up (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
        awaitExit(END);
    }

    public String stdout() {
        return stdout.toString();
    }

    public String stderr() {
        return stderr.toString();
    }

    /** Ends it if it still runs, by force if it does not end when asked. */
    @Override
    public void close() {
        try {
            stop();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What it printed, for a failed test's message. */
    @Override
    public String toString() {
        return "--- stdout of " + pid() + "\n" + stdout + "--- stderr of " + pid() + "\n" + stderr;
    }
}
