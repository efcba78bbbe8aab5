package dev.holdfast.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a file in pieces that are larger than what is asked for, and keeps the last one. For one thread. */
final class FileWindow {
    private static final int CHUNK = 1 << 15;

    private final DiskFile file;
    private final long size;
    private byte[] chunk = {};
    private long start;

    /** @param size what lies behind is not looked at */
    FileWindow(DiskFile file, long size) {
        this.file = file;
        this.size = size;
    }

    /** A window on bytes that are at hand already. */
    FileWindow(byte[] bytes) {
        this.file = null;
        this.size = bytes.length;
        this.chunk = bytes;
    }

    long size() {
        return size;
    }

    /** Those bytes; fewer if the file ends before. The chunk that is read for it begins there. */
    byte[] from(long offset, int length) throws IOException {
        int wanted = (int) Math.min(length, size - offset);
        if (!has(offset, wanted)) {
            load(offset, (int) Math.min(Math.max(wanted, CHUNK), size - offset));
        }
        return copy(offset, wanted);
    }

    /** The bytes from {@code offset} to {@code end}. The chunk that is read for it ends there. */
    byte[] before(long end, int length) throws IOException {
        long offset = Math.max(0, end - length);
        int wanted = (int) (end - offset);
        if (!has(offset, wanted)) {
            int longer = (int) Math.min(Math.max(wanted, CHUNK), end);
            load(end - longer, longer);
        }
        return copy(offset, wanted);
    }

    /** The bytes at {@code offset} as far as they are at hand, at least one; empty at the end. */
    ByteBuffer at(long offset) throws IOException {
        if (offset >= size) {
            return ByteBuffer.allocate(0);
        }
        if (!has(offset, 1)) {
            load(offset, (int) Math.min(CHUNK, size - offset));
        }
        int from = (int) (offset - start);
        return ByteBuffer.wrap(chunk, from, chunk.length - from);
    }

    private boolean has(long offset, int length) {
        return offset >= start && offset + length <= start + chunk.length;
    }

    private byte[] copy(long offset, int length) {
        byte[] bytes = new byte[length];
        System.arraycopy(chunk, (int) (offset - start), bytes, 0, length);
        return bytes;
    }

    private void load(long offset, int length) throws IOException {
        chunk = read(file, offset, length);
        start = offset;
    }

    /** Exactly those bytes of a file. */
    static byte[] read(DiskFile file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file ends at " + (offset + bytes.position()) + " bytes, "
                        + (offset + length) + " expected");
            }
        }
        return bytes.array();
    }
}
