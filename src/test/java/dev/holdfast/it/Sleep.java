package dev.holdfast.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * While it is open, the pages of all browsers of this test stand still: the processes that run them are stopped, while the
 * browser's network goes on. No driver gets an answer from them meanwhile.
 */
final class Sleep implements AutoCloseable {
    private static final String RENDERER = "--type=renderer";

    private final List<ProcessHandle> stopped;

    private Sleep(List<ProcessHandle> stopped) {
        this.stopped = stopped;
        signal("-STOP");
    }

    static Sleep ofPages() {
        List<ProcessHandle> renderers = ProcessHandle.current()
                .descendants()
                .filter(process -> title(process).contains(RENDERER))
                .toList();
        if (renderers.isEmpty()) {
            throw new AssertionError("no process of this test has " + RENDERER + " in its command line");
        }
        return new Sleep(renderers);
    }

    /** Chromium renames its processes, on Linux in a way that hides their arguments from Java. */
    private static String title(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return process.info().commandLine().orElse(""); // it has ended, or there is no /proc
        }
    }

    private void signal(String name) {
        List<String> command = Stream.concat(
                        Stream.of("kill", name),
                        stopped.stream().filter(ProcessHandle::isAlive).map(process -> Long.toString(process.pid())))
                .toList();
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new AssertionError(command + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while sending " + name, e);
        }
    }

    /** Wakes them. */
    @Override
    public void close() {
        signal("-CONT");
    }
}
