package dev.holdfast.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a stream, gathered by a thread of its own until the stream ends. Safe for use by several threads. */
final class Lines {
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    Lines(BufferedReader source) {
        Thread reader = new Thread(() -> gather(source), "lines");
        reader.setDaemon(true);
        reader.start();
    }

    private void gather(BufferedReader source) {
        try (source) {
            for (String line = source.readLine(); line != null; line = source.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(reading ended: " + e.getMessage() + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** The first line that the pattern finds something in; empty if none comes while patience and stream last. */
    synchronized Optional<Matcher> await(Pattern pattern, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (int next = 0; ; next++) {
            while (next == lines.size()) {
                if (!waitUntil(end)) {
                    return Optional.empty();
                }
            }
            Matcher matcher = pattern.matcher(lines.get(next));
            if (matcher.find()) {
                return Optional.of(matcher);
            }
        }
    }

    /** Whether the stream ends while the patience lasts. */
    synchronized boolean awaitEnd(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (waitUntil(end)) {
            // Another line came.
        }
        return ended;
    }

    /** Waits for a line or the end of the stream; false if the stream has ended or the time is up. */
    private boolean waitUntil(long end) throws InterruptedException {
        long left = end - System.nanoTime();
        if (ended || left <= 0) {
            return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
        return true;
    }

    @Override
    public synchronized String toString() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
