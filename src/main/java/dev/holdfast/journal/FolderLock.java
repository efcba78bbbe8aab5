package dev.holdfast.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes one process the owner of a data folder, by a lock on its file {@code lock}. {@code lock.info} beside it says
 * who the owner is. The system drops the lock when the process ends, however it ends; a {@code lock.info} that is left
 * behind says nothing by itself.
 *
 * <p>Such a lock belongs to the process, not to the object: closing <em>any</em> descriptor of {@code lock} drops it.
 * So nothing else may open that file, this class included, while the process has it. That it does is kept where a
 * process keeps what is true of all of it: in a system property, named after the folder. Two web applications in one
 * server see each other by it too.
 *
 * <p>Hold on to the object: an unreachable one is closed by the garbage collector.
 */
public final class FolderLock implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String INFO = "lock.info";
    private static final String PROPERTY = "dev.holdfast.lock:";
    private static final int INFO_LIMIT = 4096;

    private final Disk disk;
    private final Path folder;
    private final String property;
    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(Disk disk, Path folder, String property, FileChannel channel, FileLock lock) {
        this.disk = disk;
        this.folder = folder;
        this.property = property;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the folder, which is made if it is missing, or fails at once.
     *
     * @param holder who we are and how to reach us, one sentence; shown to whoever is refused
     * @throws FolderInUseException if somebody has it; says who
     */
    public static FolderLock acquire(Path dataFolder, String holder) throws IOException {
        Disk disk = new FileDisk();
        disk.createFolders(dataFolder);
        Path folder = dataFolder.toRealPath();
        String property = PROPERTY + folder;
        if (System.getProperties().putIfAbsent(property, holder) != null) {
            throw new FolderInUseException(folder, System.getProperty(property, ""));
        }
        try {
            return lock(disk, folder, property, holder);
        } catch (IOException | RuntimeException e) {
            System.clearProperty(property);
            throw e;
        }
    }

    private static FolderLock lock(Disk disk, Path folder, String property, String holder) throws IOException {
        Path file = folder.resolve(LOCK);
        try {
            disk.create(file).close();
        } catch (FileAlreadyExistsException e) {
            // From an earlier start, or somebody starts beside us; the lock decides.
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new FolderInUseException(folder, holderOf(disk, folder));
            }
            WholeFile.replace(disk, folder.resolve(INFO), holder.getBytes(StandardCharsets.UTF_8));
            return new FolderLock(disk, folder, property, channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String holderOf(Disk disk, Path folder) {
        try {
            return new String(WholeFile.read(disk, folder.resolve(INFO), INFO_LIMIT), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Gives the folder free. Calling it again changes nothing. */
    @Override
    public void close() throws IOException {
        if (!lock.isValid()) {
            return;
        }
        try (channel) {
            if (disk.exists(folder.resolve(INFO))) {
                disk.delete(folder.resolve(INFO));
            }
        } finally {
            System.clearProperty(property);
        }
    }
}
