package dev.holdfast.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The only door to what cannot be rebuilt. Everything that must survive goes through here, so that tests can put a disk
 * behind it that fails or loses power at any operation.
 *
 * <p>Folders are private to their owner (0700), files too (0600), where the file system knows such rights. A symbolic
 * link in the place of a file or folder is refused, never followed.
 *
 * <p>What is not forced may be lost, kept or turned into NUL bytes by a power cut: a file's content until
 * {@link DiskFile#force()}, a folder's entries (new, moved and deleted files) until {@link #forceFolder}.
 *
 * <p>Implementations are thread-safe. Paths are not null.
 */
public interface Disk {
    /**
     * Makes a folder and those above it that are missing, and forces the folder above each. The folder above {@code
     * folder} is forced even if {@code folder} is there already: whoever made it may have died before forcing it.
     */
    void createFolders(Path folder) throws IOException;

    /** The files and folders in a folder, sorted by name. Empty if there is no such folder. */
    List<Path> list(Path folder) throws IOException;

    /** How many bytes can still be written below {@code folder}, as far as that is known. */
    default long freeBytes(Path folder) {
        return Long.MAX_VALUE;
    }

    /** Whether anything has this name, be it a file, a folder or a link. */
    boolean exists(Path path) throws IOException;

    /**
     * How large a file is and when it was last written to, which tells whether it may have changed.
     *
     * @param bytes its size
     * @param modifiedMillis since the epoch, by the clock of the file system
     */
    record State(long bytes, long modifiedMillis) {}

    /**
     * The state of a file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    State state(Path file) throws IOException;

    /**
     * Makes an empty file and opens it for reading and writing.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     */
    DiskFile create(Path file) throws IOException;

    /**
     * Opens a file for reading and writing.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    DiskFile open(Path file) throws IOException;

    /**
     * Opens a file for reading; it may be one that we may not write.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    DiskFile openToRead(Path file) throws IOException;

    /** Gives a file another name, in one step; a file that has that name already is replaced. */
    void move(Path from, Path to) throws IOException;

    /**
     * Deletes a file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    void delete(Path file) throws IOException;

    /** Returns once the folder's entries, as they are now, survive a power cut. */
    void forceFolder(Path folder) throws IOException;

    /**
     * Files of which a force failed while this process ran. The operating system may go on showing content of theirs
     * that will never be on the medium, and call the next force a success. Live and thread-safe; see {@link
     * Journal#open}.
     */
    Set<Path> distrusted();
}
