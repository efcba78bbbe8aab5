package dev.holdfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that counts the bytes that are read from it and the files that stand open. Thread-safe. */
public final class CountingDisk implements Disk {
    private final Disk disk;
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();

    public CountingDisk(Disk disk) {
        this.disk = disk;
    }

    /** How many bytes were read since this was last asked. */
    public long bytesRead() {
        return bytesRead.getAndSet(0);
    }

    /** How many files stand open. */
    public int open() {
        return open.get();
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        disk.createFolders(folder);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public State state(Path file) throws IOException {
        return disk.state(file);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new CountingFile(disk.create(file));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new CountingFile(disk.open(file));
    }

    @Override
    public DiskFile openToRead(Path file) throws IOException {
        return new CountingFile(disk.openToRead(file));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        disk.forceFolder(folder);
    }

    @Override
    public Set<Path> distrusted() {
        return disk.distrusted();
    }

    private final class CountingFile implements DiskFile {
        private final DiskFile file;

        CountingFile(DiskFile file) {
            this.file = file;
            open.incrementAndGet();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int read = file.read(target, position);
            bytesRead.addAndGet(Math.max(0, read));
            return read;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return file.write(source, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
            open.decrementAndGet();
        }
    }
}
