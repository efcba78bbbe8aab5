package dev.holdfast.store;

import dev.holdfast.store.Catalog.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The index in memory of a {@link SealedIndex}. To fill it takes longer than to unseal what comes into it, so until it is
 * full lists are answered without it; searches and changes wait.
 *
 * <p>Thread-safe.
 */
final class UnsealedMemory implements Closeable {
    private final ClearIndex index;
    private final FutureTask<ClearIndex> filling;
    /** What was on disk, until all of it is in the index. */
    private volatile Optional<UnsealedEntries> waiting;

    UnsealedMemory(UnsealedEntries unsealed, String form) throws IOException {
        this.index = ClearIndex.make(new ByteBuffersDirectory(), form);
        this.waiting = Optional.of(unsealed);
        this.filling = new FutureTask<>(() -> fill(unsealed));
    }

    private ClearIndex fill(UnsealedEntries unsealed) throws IOException {
        for (Entry entry : unsealed.all()) {
            index.fill(entry);
        }
        index.show(); // once: a refresh for every few would make many small segments, to be merged
        waiting = Optional.empty();
        return index;
    }

    void fillIn(Executor background) {
        try {
            background.execute(filling);
        } catch (RejectedExecutionException e) {
            // The program ends; whoever waits for it fills it.
        }
    }

    /** The index with all that was on disk. Fills it here if the background has not come to it. */
    ClearIndex filled() throws IOException {
        filling.run();
        try {
            return filling.get();
        } catch (ExecutionException e) {
            throw new IOException("the index could not be brought into memory", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the index is brought into memory");
        }
    }

    <T> T ask(CatalogIndex.Question<CatalogLists, T> question) throws IOException {
        Optional<UnsealedEntries> unsealed = waiting;
        return unsealed.isPresent() ? question.ask(unsealed.get()) : index.ask(question);
    }

    /** Whoever is filling it fails. */
    @Override
    public void close() throws IOException {
        index.close();
    }
}
