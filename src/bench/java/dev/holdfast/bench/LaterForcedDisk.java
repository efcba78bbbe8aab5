package dev.holdfast.bench;

import dev.holdfast.journal.Disk;
import dev.holdfast.journal.DiskFile;
import dev.holdfast.journal.FileDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The real disk, but nothing is forced before it is told to: for making large files that a benchmark then adds to. */
final class LaterForcedDisk implements Disk {
    private final Disk disk = new FileDisk();
    private volatile boolean forcing;

    void forceFromNowOn() {
        forcing = true;
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
        return new LaterForcedFile(disk.create(file));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new LaterForcedFile(disk.open(file));
    }

    @Override
    public DiskFile openToRead(Path file) throws IOException {
        return disk.openToRead(file);
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
        if (forcing) {
            disk.forceFolder(folder);
        }
    }

    @Override
    public Set<Path> distrusted() {
        return disk.distrusted();
    }

    private final class LaterForcedFile implements DiskFile {
        private final DiskFile file;

        LaterForcedFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
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
            if (forcing) {
                file.force();
            }
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
