package dev.holdfast.journal;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Files that are read and replaced whole, so that after a crash or an error the old content is there or the new, and
 * nothing else: temporary file in the same folder → write → force → verify by reading back → move over the old → force
 * the folder.
 *
 * <p>The temporary file of {@code a.json} is {@code a.json.tmp}. One that a crash left behind is taken over by the next
 * replacement, or removed by {@link #sweep}. Callers replace one file from one thread at a time.
 */
public final class WholeFile {
    /** How names of temporary files end; no other file's may. */
    public static final String TEMPORARY = ".tmp";

    private static final int CHUNK = 1 << 16;

    private WholeFile() {}

    /** Writes the new content; what it throws ends the replacement and leaves the old file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;

        /**
         * Looks at what was written before it takes the old one's place; what it throws leaves the old file.
         *
         * @param opened the file, whose bytes are those that were written
         * @param temporary its name
         */
        default void verify(DiskFile opened, Path temporary) throws IOException {}
    }

    /**
     * Reads a file.
     *
     * @param limit most bytes that it may have
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws JournalException if it is larger than {@code limit}
     */
    public static byte[] read(Disk disk, Path file, int limit) throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            long size = opened.size();
            if (size > limit) {
                throw new JournalException(
                        file, "has " + size + " bytes, more than " + limit + ".", "Look what has filled it.");
            }
            ByteBuffer content = ByteBuffer.allocate((int) size);
            while (content.hasRemaining() && opened.read(content, content.position()) >= 0) {
                // Goes on until all is read or the file ends early.
            }
            return Arrays.copyOf(content.array(), content.position());
        }
    }

    /** Replaces a file, or makes it. When this returns, the new content survives a power cut. */
    public static void replace(Disk disk, Path file, byte[] content) throws IOException {
        replace(disk, file, out -> out.write(content));
    }

    /** Replaces a file, or makes it. When this returns, the new content survives a power cut. */
    public static void replace(Disk disk, Path file, Content content) throws IOException {
        Path temporary = temporary(file);
        if (disk.exists(temporary)) {
            disk.delete(temporary);
        }
        write(disk, file, content, false);
    }

    /**
     * Makes a file. When this returns, its content survives a power cut. Threads may race: one wins.
     *
     * @throws FileAlreadyExistsException if the file is there, or is being made
     */
    public static void create(Disk disk, Path file, Content content) throws IOException {
        write(disk, file, content, true);
    }

    private static void write(Disk disk, Path file, Content content, boolean asNew) throws IOException {
        Path temporary = temporary(file);
        DiskFile opened = disk.create(temporary);
        try {
            if (asNew && disk.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            try (opened) {
                writeAndVerify(opened, temporary, content);
            }
            disk.move(temporary, file);
        } catch (IOException | RuntimeException e) {
            abandon(disk, temporary, e);
            throw e;
        }
        disk.forceFolder(folder(file));
    }

    private static void writeAndVerify(DiskFile opened, Path temporary, Content content) throws IOException {
        Sink sink = new Sink(opened);
        OutputStream out = new BufferedOutputStream(sink, CHUNK);
        content.writeTo(out);
        out.flush();
        opened.force();
        if (opened.size() != sink.size || checksum(opened, sink.size) != sink.checksum.getValue()) {
            throw new JournalException(
                    temporary,
                    "does not hold what was just written to it.",
                    "The disk is failing: copy the data folder to another one.");
        }
        content.verify(opened, temporary);
    }

    private static long checksum(DiskFile file, long size) throws IOException {
        CheckedOutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
        copy(file, 0, size, sum);
        return sum.getChecksum().getValue();
    }

    /** Writes the bytes of {@code file} from {@code from} to {@code to} into {@code out}. */
    static void copy(DiskFile file, long from, long to, OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long at = from;
        while (at < to) {
            int read = file.read(chunk.clear().limit((int) Math.min(CHUNK, to - at)), at);
            if (read < 0) {
                throw new EOFException("the file ends at " + at + " bytes, " + to + " expected");
            }
            out.write(chunk.array(), 0, read);
            at += read;
        }
    }

    private static void abandon(Disk disk, Path temporary, Exception reason) {
        try {
            disk.delete(temporary);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Removes the temporary files that a crash left in a folder. Nothing may be replaced in it meanwhile.
     *
     * @return how many there were
     */
    public static int sweep(Disk disk, Path folder) throws IOException {
        int swept = 0;
        for (Path path : disk.list(folder)) {
            if (path.getFileName().toString().endsWith(TEMPORARY)) {
                disk.delete(path);
                swept++;
            }
        }
        return swept;
    }

    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    static Path folder(Path file) {
        return file.toAbsolutePath().getParent();
    }

    /** Counts and sums what it writes, one write after the other. */
    private static final class Sink extends OutputStream {
        private final DiskFile file;
        private final CRC32C checksum = new CRC32C();
        private long size;

        Sink(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.writeFully(ByteBuffer.wrap(bytes, offset, length), size);
            checksum.update(bytes, offset, length);
            size += length;
        }
    }
}
