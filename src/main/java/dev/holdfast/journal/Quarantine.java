package dev.holdfast.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * The folder that holds the bytes that were cut off files, each cut in a new file. Nothing in it is overwritten. Where
 * there is a codec, a cut is sealed in pieces, one a line, and its file's name ends in {@value #SEALED}.
 */
final class Quarantine {
    private static final String SEALED = ".fernet";
    private static final int MOST_CUTS_AT_ONE_PLACE = 10_000;

    /** So many bytes of a cut are sealed together. */
    private static final int SEALED_PIECE = 1 << 20;

    private final Disk disk;
    private final Path folder;
    private final LineCodec codec;

    /** @param codec seals what is kept, unless it is cut from a sealed file; null if nothing is sealed */
    Quarantine(Disk disk, Path folder, LineCodec codec) {
        this.disk = disk;
        this.folder = folder;
        this.codec = codec;
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
            String name = file.getFileName() + "." + offset + "-" + cut;
            boolean seals = codec != null && JournalForm.of(file) != JournalForm.SEALED;
            Path kept = folder.resolve(seals ? name + SEALED : name);
            if (disk.exists(folder.resolve(seals ? name : name + SEALED))) {
                continue; // An earlier cut, from before or after the codec was given; each name is used once.
            }
            try {
                WholeFile.create(disk, kept, out -> {
                    if (seals) {
                        copySealed(opened, offset, size, out);
                    } else {
                        WholeFile.copy(opened, offset, size, out);
                    }
                });
                return kept;
            } catch (FileAlreadyExistsException e) {
                // An earlier cut at the same place; the next name.
            }
        }
        throw new JournalException(
                folder, "holds very many cuts of one file, " + file.getFileName() + ".", "Look why it keeps tearing.");
    }

    private void copySealed(DiskFile opened, long from, long to, OutputStream out) throws IOException {
        for (long at = from; at < to; at += SEALED_PIECE) {
            out.write(codec.seal(FileWindow.read(opened, at, (int) Math.min(SEALED_PIECE, to - at))));
            out.write('\n');
        }
    }

    /** Keeps a whole file, which is no longer where it was afterwards. */
    void take(Path file) throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            keep(file, opened, 0, opened.size());
        }
        disk.delete(file);
        disk.forceFolder(WholeFile.folder(file));
    }

    /** Seals what was kept of a journal while it was not sealed itself. Doing it again changes nothing. */
    void seal(String journal) throws IOException {
        String clear = journal + JournalForm.PLAIN.ending() + ".";
        for (Path kept : disk.list(folder)) {
            String name = kept.getFileName().toString();
            if (name.startsWith(clear)
                    && !name.startsWith(journal + JournalForm.SEALED.ending() + ".")
                    && !name.endsWith(SEALED)
                    && !name.endsWith(WholeFile.TEMPORARY)) {
                try (DiskFile opened = disk.openToRead(kept)) {
                    long size = opened.size();
                    WholeFile.replace(disk, folder.resolve(name + SEALED), out -> copySealed(opened, 0, size, out));
                }
                disk.delete(kept);
                disk.forceFolder(folder);
            }
        }
    }
}
