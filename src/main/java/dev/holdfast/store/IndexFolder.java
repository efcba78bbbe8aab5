package dev.holdfast.store;

import dev.holdfast.journal.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.Lock;

/**
 * The folder of an index. Lucene reads and writes it by its own means, not through {@link Disk}: all of it can be rebuilt.
 * Its files are as private as all others.
 */
final class IndexFolder extends FilterDirectory {
    private final Path folder;

    private IndexFolder(Path folder) throws IOException {
        super(FSDirectory.open(folder));
        this.folder = folder;
    }

    /** Opens the folder, which is made if it is missing. */
    static IndexFolder open(Disk disk, Path folder) throws IOException {
        disk.createFolders(folder);
        return new IndexFolder(folder.toRealPath());
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        IndexOutput output = super.createOutput(name, context);
        makePrivate(name);
        return output;
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        IndexOutput output = super.createTempOutput(prefix, suffix, context);
        makePrivate(output.getName());
        return output;
    }

    /** A lock's file is empty, always: one that is not was none, and would make every write fail. */
    @Override
    public Lock obtainLock(String name) throws IOException {
        Path file = folder.resolve(name);
        if (Files.exists(file) && Files.size(file) > 0) {
            Files.delete(file);
        }
        Lock lock = super.obtainLock(name);
        makePrivate(name);
        return lock;
    }

    private void makePrivate(String name) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Deletes all files of the index. Not while anybody has it open. */
    void erase() throws IOException {
        try (Lock lock = obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            for (String name : listAll()) {
                if (!name.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    lock.ensureValid();
                    Files.delete(folder.resolve(name));
                }
            }
        }
    }
}
