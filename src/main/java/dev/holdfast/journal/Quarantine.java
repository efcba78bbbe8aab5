package dev.holdfast.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** The folder that holds the bytes that were cut off files, each cut in a new file. Nothing in it is overwritten. */
final class Quarantine {
    private static final int MOST_CUTS_AT_ONE_PLACE = 10_000;

    private final Disk disk;
    private final Path folder;

    Quarantine(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /**
     * Copies the bytes of {@code opened} from {@code offset} to {@code size}. They survive a power cut when this
     * returns.
     *
     * @return the new file, named after {@code file} and the offset
     */
    Path keep(Path file, DiskFile opened, long offset, long size) throws IOException {
        disk.createFolders(folder);
        for (int cut = 1; cut <= MOST_CUTS_AT_ONE_PLACE; cut++) {
            Path kept = folder.resolve(file.getFileName() + "." + offset + "-" + cut);
            try {
                WholeFile.create(disk, kept, out -> WholeFile.copy(opened, offset, size, out));
                return kept;
            } catch (FileAlreadyExistsException e) {
                // An earlier cut at the same place; the next name.
            }
        }
        throw new JournalException(
                folder, "holds very many cuts of one file, " + file.getFileName() + ".", "Look why it keeps tearing.");
    }
}
