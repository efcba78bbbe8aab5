package dev.holdfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A disk whose Nth operation fails, once or with all that follow. Operations are counted from 1, those on open files
 * too. A write that fails has written half of its bytes; a force that fails over a {@link MemoryDisk} has lost what it
 * was to force, and the next one is called a success. Thread-safe.
 */
public final class FailingDisk implements Disk {
    private final Disk disk;
    private long operations;
    private long failAt = Long.MAX_VALUE;
    private boolean forGood;
    private String only = "";
    private boolean spoilsReads;
    private int mostBytesAWrite = Integer.MAX_VALUE;
    private long freeBytes = Long.MAX_VALUE;

    public FailingDisk(Disk disk) {
        this.disk = disk;
    }

    /** Lets operation {@code number}, counted from now, fail once. */
    public synchronized FailingDisk failOnceAt(long number) {
        operations = 0;
        failAt = number;
        forGood = false;
        only = "";
        return this;
    }

    /** Lets operation {@code number}, counted from now, fail, and all after it. */
    public synchronized FailingDisk failForGoodAt(long number) {
        failOnceAt(number);
        forGood = true;
        return this;
    }

    /** Lets the {@code number}th operation of one kind, named as its method and counted from now, fail once. */
    public synchronized FailingDisk failOnceAt(long number, String kind) {
        failOnceAt(number);
        only = kind;
        return this;
    }

    /** Lets all operations of one kind, named as its method, fail from now on. */
    public synchronized FailingDisk failEvery(String kind) {
        failForGoodAt(1);
        only = kind;
        return this;
    }

    /** From now on nothing fails. */
    public synchronized void mend() {
        failOnceAt(Long.MAX_VALUE);
    }

    /** From now on one write takes at most so many bytes. */
    public synchronized void shortenWrites(int mostBytes) {
        mostBytesAWrite = mostBytes;
    }

    /** From now on files can grow by so many bytes in all; what does not fit in a write is left out, then it fails. */
    public synchronized void leaveFree(long bytes) {
        freeBytes = bytes;
    }

    /** Of {@code wanted} bytes, so many get a place. */
    private synchronized int take(long wanted) {
        int taken = (int) Math.min(wanted, freeBytes);
        freeBytes -= taken;
        return taken;
    }

    private synchronized void giveBack(long bytes) {
        freeBytes = Math.min(Long.MAX_VALUE - bytes, freeBytes) + bytes;
    }

    /** From now on each read gets one bit wrong. */
    public synchronized void spoilReads() {
        spoilsReads = true;
    }

    /** How many operations there were since it was last told when to fail. */
    public synchronized long operations() {
        return operations;
    }

    private synchronized boolean fails(String kind) {
        if (!only.isEmpty() && !only.equals(kind)) {
            return false;
        }
        operations++;
        return operations == failAt || forGood && operations > failAt;
    }

    private void operate(String kind) throws IOException {
        if (fails(kind)) {
            throw new IOException("injected failure of " + kind);
        }
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        operate("createFolders");
        disk.createFolders(folder);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        operate("list");
        return disk.list(folder);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        operate("exists");
        return disk.exists(path);
    }

    @Override
    public State state(Path file) throws IOException {
        operate("state");
        return disk.state(file);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        operate("create");
        return new FailingFile(disk.create(file));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        operate("open");
        return new FailingFile(disk.open(file));
    }

    @Override
    public DiskFile openToRead(Path file) throws IOException {
        operate("openToRead");
        return new FailingFile(disk.openToRead(file));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        operate("move");
        disk.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        operate("delete");
        disk.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        operate("forceFolder");
        disk.forceFolder(folder);
    }

    @Override
    public Set<Path> distrusted() {
        return disk.distrusted();
    }

    private final class FailingFile implements DiskFile {
        private final DiskFile file;

        FailingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            operate("read");
            int start = target.position();
            int read = file.read(target, position);
            if (spoilsReads && read > 0) {
                target.put(start, (byte) (target.get(start) ^ 1));
            }
            return read;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            boolean fails = fails("write");
            int wanted = Math.min(fails ? source.remaining() / 2 : source.remaining(), mostBytesAWrite);
            long growth = Math.max(0, position + wanted - Math.max(position, file.size()));
            int length = wanted - (int) growth + take(growth);
            if (wanted > 0 && length == 0) {
                throw new IOException("No space left on device");
            }
            ByteBuffer part = source.slice(source.position(), length);
            int written = length == 0 ? 0 : file.write(part, position);
            source.position(source.position() + written);
            if (fails) {
                throw new IOException("injected failure of write");
            }
            return written;
        }

        @Override
        public void truncate(long size) throws IOException {
            operate("truncate");
            giveBack(Math.max(0, file.size() - size));
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            if (fails("force")) {
                if (file instanceof MemoryDisk.MemoryFile memory) {
                    memory.forgetUnforced();
                }
                throw new IOException("injected failure of force");
            }
            file.force();
        }

        @Override
        public long size() throws IOException {
            operate("size");
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
            operate("close");
        }
    }
}
