package dev.holdfast.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. Positions and sizes are bytes from the start. For one thread at a time. */
public interface DiskFile extends Closeable {
    /** Reads some bytes at {@code position} into {@code target}; the number of them, or -1 at the end of the file. */
    int read(ByteBuffer target, long position) throws IOException;

    /** Writes the first of the remaining bytes at {@code position}; the number of them, which may be less than all. */
    int write(ByteBuffer source, long position) throws IOException;

    /** Drops everything from {@code size} on. */
    void truncate(long size) throws IOException;

    /**
     * Returns once the content, as it is now, survives a power cut. After a failure the content must not be trusted
     * again through any descriptor: the system forgets the pages that it could not write, and the next force succeeds.
     */
    void force() throws IOException;

    long size() throws IOException;

    /** Writes all remaining bytes at {@code position}. On failure any number of them may have been written. */
    default void writeFully(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            int written = write(source, at);
            if (written <= 0) {
                throw new IOException("the disk took none of " + source.remaining() + " bytes");
            }
            at += written;
        }
    }
}
