package dev.holdfast.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A file system of its own in a folder, from a file on a loop device or in memory. Closing takes it away. Needs root. */
final class Mount implements AutoCloseable {
    private static final long IMAGE_BYTES = 512L << 20;

    /** Of an ext4 with 64 names: its journal of 4 MB and all else that is not in files. */
    private static final int OWN_BYTES = 5 << 20;

    private static final String PAGE_KILOBYTES = "4";
    private static final String NO_LIMIT = "0";

    private final Path point;
    private final String[] mount;

    /** Where a limit was set that outlives the mount; null if none was. */
    private Path limit;

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
        Path image = sparse(folder.resolve("image." + type), IMAGE_BYTES);
        Machine.command("mkfs." + type, "-q", image.toString());
        return loop(type, image, folder.resolve(type));
    }

    /**
     * An ext4 that believes in more space than there is: what it keeps about its files has its place, and what is in them
     * has not, which shows when it is written back.
     *
     * @param medium the file system that its file lies in
     */
    static Mount promising(long bytes, Mount medium, Path point) throws IOException {
        Machine.requireRootAnd("mkfs.ext4", "losetup");
        Path image = sparse(medium.folder().resolve("image"), bytes);
        Machine.command(
                "mkfs.ext4",
                "-q",
                "-b",
                "4096",
                "-N",
                "64",
                "-J",
                "size=4",
                "-E",
                "packed_meta_blocks=1",
                image.toString());
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            byte[] own = new byte[OWN_BYTES];
            file.readFully(own);
            file.seek(0);
            file.write(own);
        }
        Mount mount = loop("ext4", image, point);
        mount.askForPagesAlone(image);
        return mount;
    }

    /**
     * Lets the loop device be asked for no more than a page at once. Of a larger write for whose end there is no place it
     * says that all of it was done (Linux 6.18), which no file system can find out.
     */
    private void askForPagesAlone(Path image) throws IOException {
        String device = Machine.command("losetup", "-n", "-O", "NAME", "-j", image.toString())
                .strip();
        limit = Path.of("/sys/block", Path.of(device).getFileName().toString(), "queue", "max_sectors_kb");
        Files.writeString(limit, PAGE_KILOBYTES);
    }

    private static Path sparse(Path image, long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        return image;
    }

    private static Mount loop(String type, Path image, Path point) throws IOException {
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
    public void close() throws IOException {
        if (limit != null) {
            Files.writeString(limit, NO_LIMIT);
        }
        Machine.command("umount", point.toString());
    }
}
