package dev.holdfast.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A file system of its own in a folder, from a file on a loop device or in memory. Closing takes it away. Needs root. */
final class Mount implements AutoCloseable {
    private static final long IMAGE_BYTES = 512L << 20;

    private final Path point;
    private final String[] mount;

    private Mount(Path point, String... mount) throws IOException {
        this.point = Files.createDirectories(point);
        this.mount = mount;
        Machine.command(mount);
    }

    /**
     * An ext4 or XFS of half a gigabyte, whose power can be cut.
     *
     * @param type {@code ext4} or {@code xfs}
     * @param folder for the file that it lies in, and its mount point
     */
    static Mount image(String type, Path folder) throws IOException {
        Machine.requireRootAnd("mount", "umount", "mkfs." + type, "xfs_io");
        Path image = folder.resolve("image." + type);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(IMAGE_BYTES);
        }
        Machine.command("mkfs." + type, "-q", image.toString());
        Path point = folder.resolve(type);
        return new Mount(point, "mount", "-t", type, "-o", "loop", image.toString(), point.toString());
    }

    /** One in memory. @param options as {@code size=1m,nr_inodes=20} */
    static Mount memory(String options, Path point) throws IOException {
        Machine.requireRootAnd("mount", "umount");
        return new Mount(point, "mount", "-t", "tmpfs", "-o", options, "tmpfs", point.toString());
    }

    Path folder() {
        return point;
    }

    /** From now on nothing reaches the medium, as if the power had gone; the moment before. */
    Instant cutPower() {
        Instant before = Instant.now();
        Machine.command("xfs_io", "-x", "-c", "shutdown", point.toString());
        return before;
    }

    /** Mounts the same medium with other options, while it is in use. */
    void remount(String options) {
        Machine.command("mount", "-o", "remount," + options, point.toString());
    }

    /** The power is back: what is on the medium is there, and nothing else. Nobody may use the file system. */
    void again() {
        Machine.command("umount", point.toString());
        Machine.command(mount);
    }

    @Override
    public void close() {
        Machine.command("umount", point.toString());
    }
}
