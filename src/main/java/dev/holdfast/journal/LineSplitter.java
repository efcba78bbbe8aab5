package dev.holdfast.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Cuts a file into lines, from some line's start to the file's end, reading each byte once. Memory: one line. */
final class LineSplitter {
    private static final int FIRST_CHUNK = 1 << 13;
    private static final int CHUNK = 1 << 16;

    /**
     * One line.
     *
     * @param number from 1; 0 if the file was read from its end
     * @param offset where it begins, in bytes
     * @param length its bytes without the line end
     * @param bytes those bytes; none if they are too many
     * @param ended whether a line end follows; only the last line of a file can lack it
     */
    record Line(long number, long offset, long length, byte[] bytes, boolean ended) {
        /** Whether it has more bytes than were kept. */
        boolean tooLong() {
            return length != bytes.length;
        }

        /** Where the next line begins. */
        long end() {
            return offset + length + (ended ? 1 : 0);
        }
    }

    private final DiskFile file;
    private final int limit;
    private ByteBuffer chunk = ByteBuffer.allocate(FIRST_CHUNK).flip();
    private long position;
    private long lines;

    /**
     * @param offset where the first line begins
     * @param limit of lines with so many bytes or more the content is not kept
     */
    LineSplitter(DiskFile file, long offset, int limit) {
        this.file = file;
        this.position = offset;
        this.limit = limit;
    }

    /** The next line, or empty at the end of the file. */
    Optional<Line> next() throws IOException {
        long offset = position - chunk.remaining();
        long length = 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        boolean ended = false;
        while (!ended && (chunk.hasRemaining() || fill())) {
            int from = chunk.position();
            int to = from;
            while (to < chunk.limit() && chunk.get(to) != '\n') {
                to++;
            }
            ended = to < chunk.limit();
            length += to - from;
            if (length < limit) {
                bytes.write(chunk.array(), from, to - from);
            } else {
                bytes = new ByteArrayOutputStream(0);
            }
            chunk.position(ended ? to + 1 : to);
        }
        if (length == 0 && !ended) {
            return Optional.empty();
        }
        return Optional.of(new Line(++lines, offset, length, bytes.toByteArray(), ended));
    }

    /** The first chunk is small: often only the first line is wanted. */
    private boolean fill() throws IOException {
        if (lines > 0 && chunk.capacity() < CHUNK) {
            chunk = ByteBuffer.allocate(CHUNK);
        }
        int read = file.read(chunk.clear(), position);
        chunk.flip();
        position += Math.max(read, 0);
        return read > 0;
    }
}
