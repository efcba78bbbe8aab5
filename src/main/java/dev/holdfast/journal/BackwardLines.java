package dev.holdfast.journal;

import dev.holdfast.journal.LineSplitter.Line;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** Cuts a file into lines, from its end to its start, reading each byte once. Memory: one line. */
final class BackwardLines {
    private static final int CHUNK = 1 << 15;

    private final DiskFile file;
    private final int limit;
    /** Bytes that are read and not yet part of a line that was handed out: those from {@link #start} to {@link #end}. */
    private byte[] chunk = {};

    private long start;
    private long end;

    /**
     * @param end where the last line ends
     * @param limit of lines with so many bytes or more the content is not kept
     */
    BackwardLines(DiskFile file, long end, int limit) {
        this.file = file;
        this.start = end;
        this.end = end;
        this.limit = limit;
    }

    /** The line before, or empty at the start of the file. */
    Optional<Line> next() throws IOException {
        if (end == 0) {
            return Optional.empty();
        }
        if (start == end) {
            fill();
        }
        boolean ended = chunk[(int) (end - start) - 1] == '\n';
        long textEnd = ended ? end - 1 : end;
        long at = textEnd;
        Deque<byte[]> parts = new ArrayDeque<>();
        long kept = 0;
        while (true) {
            int to = (int) (at - start);
            int from = to;
            while (from > 0 && chunk[from - 1] != '\n') {
                from--;
            }
            kept += to - from;
            if (kept < limit) {
                parts.addFirst(Arrays.copyOfRange(chunk, from, to));
            } else {
                parts.clear();
            }
            at = start + from;
            end = at;
            if (from > 0 || !fill()) {
                break;
            }
        }
        return Optional.of(new Line(0, at, textEnd - at, kept < limit ? join(parts, (int) kept) : new byte[0], ended));
    }

    private static byte[] join(Deque<byte[]> parts, int length) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Reads the chunk before {@link #start}, once all behind it has been handed out. */
    private boolean fill() throws IOException {
        if (start == 0) {
            return false;
        }
        int length = (int) Math.min(CHUNK, start);
        chunk = FileWindow.read(file, start - length, length);
        end = start;
        start -= length;
        return true;
    }
}
