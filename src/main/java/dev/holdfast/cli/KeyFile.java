package dev.holdfast.cli;

import dev.holdfast.journal.Disk;
import dev.holdfast.journal.WholeFile;
import dev.holdfast.protect.KeyRing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** The file that holds the keys of a store, the newest first. For one process at a time. */
final class KeyFile {
    private static final int LONGEST = 1 << 16;

    private final Disk disk;
    private final Path file;

    KeyFile(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    /**
     * Puts a new key before the others. The file is made if it is missing, open to its owner only (0600). When this
     * returns the key survives a power cut; if it throws, the file is as it was.
     *
     * @param random must be fit for keys
     * @throws IOException if it holds something that is no key, too; the message does not quote it
     */
    void add(RandomGenerator random) throws IOException {
        Path whole = file.toAbsolutePath();
        byte[] before = read(whole);
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        after.writeBytes(KeyRing.keygen(random).getBytes(StandardCharsets.US_ASCII));
        after.writeBytes(before);
        disk.createFolders(whole.getParent());
        WholeFile.replace(disk, whole, after.toByteArray());
    }

    private byte[] read(Path whole) throws IOException {
        try {
            byte[] content = WholeFile.read(disk, whole, LONGEST);
            String text = new String(content, StandardCharsets.UTF_8);
            if (!text.isBlank()) {
                KeyRing.parse(text);
            }
            return content;
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is left as it is: " + e.getMessage(), e);
        }
    }
}
