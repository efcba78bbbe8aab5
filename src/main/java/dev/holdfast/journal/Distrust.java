package dev.holdfast.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Remembers that a force of a file failed. From then on the operating system may show content that will never be on the
 * medium, and call the next force a success, until its memory of the file is gone: when the machine starts anew.
 *
 * <p>So it is remembered twice: by the {@link Disk}, for this process, and by an empty file {@code NAME.unforced}
 * beside the file, for the processes after it. The second is never forced. It has to live only as long as the memory
 * that it warns of, and where it cannot be made, the first still holds.
 */
final class Distrust {
    /** How the name of the warning ends; no other file's may. */
    static final String ENDING = ".unforced";

    private final Disk disk;
    private final Path file;
    private final Path warning;

    Distrust(Disk disk, Path file) {
        this.disk = disk;
        this.file = file.toAbsolutePath().normalize();
        this.warning = warning(file);
    }

    /** The file that warns of another. */
    static Path warning(Path file) {
        return file.resolveSibling(file.getFileName() + ENDING);
    }

    boolean declared() throws IOException {
        return disk.distrusted().contains(file) || disk.exists(warning);
    }

    /** A force of the file failed with {@code failure}. */
    void declare(IOException failure) {
        disk.distrusted().add(file);
        try {
            disk.create(warning).close();
        } catch (FileAlreadyExistsException e) {
            // It stands there already.
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Puts a new file with the same bytes in the place of a distrusted one. What was acknowledged had been forced
     * before, so it can be read whatever the system remembers.
     */
    void resolve() throws IOException {
        try (DiskFile old = disk.openToRead(file)) {
            WholeFile.replace(disk, file, out -> WholeFile.copy(old, 0, old.size(), out));
        }
        try {
            disk.delete(warning);
        } catch (NoSuchFileException e) {
            // It could not be made then.
        }
        disk.distrusted().remove(file);
    }
}
