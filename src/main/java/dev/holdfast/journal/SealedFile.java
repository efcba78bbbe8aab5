package dev.holdfast.journal;

import dev.holdfast.journal.LineCodec.UnsealException;
import dev.holdfast.journal.LineSplitter.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A file that is sealed line by line and is no journal, such as the bytes that were cut off one: what it holds is the contents of
 * its lines, one behind the other.
 */
public final class SealedFile {
    private SealedFile() {}

    /**
     * Reads a file from start to end and changes nothing. Memory: one line.
     *
     * @param contents gets what each line holds, in order
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws JournalException at the first line that no key opens
     */
    public static void read(Disk disk, Path file, LineCodec codec, Consumer<byte[]> contents) throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            LineSplitter splitter = new LineSplitter(opened, 0, SealedFraming.MAX_SEALED_BYTES);
            for (Optional<Line> line = splitter.next(); line.isPresent(); line = splitter.next()) {
                if (line.get().length() > 0) {
                    contents.accept(open(file, line.get(), codec));
                }
            }
        }
    }

    /** Whether each line of a file, as it lies there, is as {@code wanted}. */
    public static boolean all(Disk disk, Path file, Predicate<byte[]> wanted) throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            LineSplitter splitter = new LineSplitter(opened, 0, SealedFraming.MAX_SEALED_BYTES);
            for (Optional<Line> line = splitter.next(); line.isPresent(); line = splitter.next()) {
                if (line.get().length() > 0 && !wanted.test(line.get().bytes())) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Seals each line anew, with the newest key. What no key opens stays as it is. The file is replaced whole. */
    public static void reseal(Disk disk, Path file, LineCodec codec) throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            WholeFile.replace(disk, file, out -> {
                LineSplitter splitter = new LineSplitter(opened, 0, SealedFraming.MAX_SEALED_BYTES);
                for (Optional<Line> line = splitter.next(); line.isPresent(); line = splitter.next()) {
                    Line each = line.get();
                    out.write(
                            each.tooLong()
                                    ? FileWindow.read(opened, each.offset(), Math.toIntExact(each.length()))
                                    : resealed(each, codec));
                    if (each.ended()) {
                        out.write('\n');
                    }
                }
            });
        }
    }

    private static byte[] resealed(Line line, LineCodec codec) {
        try {
            return codec.seal(codec.open(line.bytes()));
        } catch (UnsealException e) {
            return line.bytes();
        }
    }

    private static byte[] open(Path file, Line line, LineCodec codec) throws JournalException {
        try {
            return codec.open(line.bytes());
        } catch (UnsealException e) {
            throw new JournalException(
                    file,
                    "is encrypted, and no key that was given opens its line " + line.number() + ".",
                    "Give the key that it was written with; if that was this one, the line is damaged.",
                    e);
        }
    }
}
