package dev.holdfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The real disk.
 *
 * <p>An interrupt closes a {@link FileChannel} for everyone, so a pending interrupt is set aside during each operation.
 * One that arrives in the middle of an operation cannot be: let threads do the work that nobody interrupts.
 */
public final class FileDisk implements Disk {
    /** The JDK keeps a direct buffer as large as a thread's largest write; this bounds it. */
    private static final int LARGEST_TRANSFER = 1 << 20;

    private static final FileAttribute<?>[] NONE = {};
    private static final FileAttribute<?>[] PRIVATE_FILE = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
    private static final FileAttribute<?>[] PRIVATE_FOLDER = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };

    private final Set<Path> distrusted = ConcurrentHashMap.newKeySet();

    @Override
    public void createFolders(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null) {
            return;
        }
        if (!exists(folder)) {
            if (!Files.isDirectory(parent)) {
                createFolders(parent);
            }
            try {
                Files.createDirectory(folder, hasRights(folder) ? PRIVATE_FOLDER : NONE);
            } catch (FileAlreadyExistsException e) {
                // Another thread was faster; what it made is checked below.
            }
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(
                    folder.toString(), null, "is not a folder; links are not followed, name the folder itself");
        }
        forceFolder(parent);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public boolean exists(Path path) throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public long freeBytes(Path folder) {
        return folder.toFile().getUsableSpace();
    }

    @Override
    public State state(Path file) throws IOException {
        BasicFileAttributes attributes = requireRegular(file);
        return new State(attributes.size(), attributes.lastModifiedTime().toMillis());
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        Set<OpenOption> options = Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        return new ChannelFile(FileChannel.open(file, options, hasRights(file) ? PRIVATE_FILE : NONE));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        requireRegular(file);
        return new ChannelFile(
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public DiskFile openToRead(Path file) throws IOException {
        requireRegular(file);
        return new ChannelFile(FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Opening a pipe would wait for its other end. */
    private static BasicFileAttributes requireRegular(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    attributes.isSymbolicLink()
                            ? "is a symbolic link; links are not followed, put the file itself here"
                            : "is not a regular file");
        }
        return attributes;
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.delete(file);
    }

    /** On file systems without POSIX rights (Windows) a folder cannot be opened, nor need it be forced. */
    @Override
    public void forceFolder(Path folder) throws IOException {
        if (!hasRights(folder)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } finally {
            restore(interrupted);
        }
    }

    @Override
    public Set<Path> distrusted() {
        return distrusted;
    }

    private static boolean hasRights(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class ChannelFile implements DiskFile {
        private final FileChannel channel;

        ChannelFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            boolean interrupted = Thread.interrupted();
            try {
                return channel.read(target, position);
            } finally {
                restore(interrupted);
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            boolean interrupted = Thread.interrupted();
            int limit = source.limit();
            source.limit(Math.min(limit, source.position() + LARGEST_TRANSFER));
            try {
                return channel.write(source, position);
            } finally {
                source.limit(limit);
                restore(interrupted);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            boolean interrupted = Thread.interrupted();
            try {
                channel.truncate(size);
            } finally {
                restore(interrupted);
            }
        }

        /** The size counts as content here: fdatasync writes what is needed to read the data back. */
        @Override
        public void force() throws IOException {
            boolean interrupted = Thread.interrupted();
            try {
                channel.force(false);
            } finally {
                restore(interrupted);
            }
        }

        @Override
        public long size() throws IOException {
            boolean interrupted = Thread.interrupted();
            try {
                return channel.size();
            } finally {
                restore(interrupted);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
