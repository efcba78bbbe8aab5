package dev.holdfast.journal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;

/**
 * Append-only log of JSON lines in one file; {@link JournalFormat} says how it looks. What was acknowledged is found
 * again, in order and once, whatever happens to the process, the machine's power, or the disk's free space.
 *
 * <p>Lines that wait are written and forced together, by a task that runs on the executor only while there are any: a
 * quiet journal costs no thread. Appending encodes on the caller's thread and never touches the disk there.
 *
 * <p>Thread-safe. Per file there must be one journal in one process; {@link FolderLock} sees to the process.
 */
public final class Journal implements AutoCloseable {
    /** Lines that are written together have at most so many bytes, unless a single one has more. */
    private static final int BATCH_BYTES = 1 << 20;

    /** So many batches of one journal are written before other journals get their turn on the thread. */
    private static final int BATCHES_A_TURN = 16;

    private static final LongConsumer NOBODY = seq -> {};

    /** A line that waits. */
    private record Waiting(byte[] body, boolean force, LongConsumer written, CompletableFuture<Long> acknowledged) {}

    /** What is done to the file between two batches, while nothing of it is open. */
    private record Exclusive(Rewrite rewrite, CompletableFuture<Path> done) {}

    /** Replaces a file that is closed meanwhile, and opens what came of it. */
    interface Rewrite {
        /** @return the file that is to be opened now */
        Path replace(Path file) throws IOException;

        /** Which file counts when {@link #replace} of {@code file} failed: what failed last may be its removal. */
        Path find(Path file) throws IOException;

        /** A writer that goes on behind the last line of {@code file}. */
        JournalWriter open(Path file) throws IOException;
    }

    private final Executor io;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile Path file;
    private volatile JournalWriter writer;

    private final Object lock = new Object();
    /** Guarded by {@link #lock}, as the two flags are. */
    private final Queue<Waiting> waiting = new ArrayDeque<>();

    private final Queue<Exclusive> exclusive = new ArrayDeque<>();
    /** A task is on the executor, or about to be; only it touches the writer. */
    private boolean writing;
    /** Nothing more is taken. */
    private boolean closing;

    Journal(Path file, Executor io, JournalWriter writer) {
        this.file = file;
        this.io = io;
        this.writer = writer;
    }

    static Journal create(Disk disk, Path file, Framing framing, Executor io, JsonObject firstLine) throws IOException {
        byte[] line = sealFirst(file, framing, firstLine);
        WholeFile.create(disk, file, out -> out.write(line));
        Distrust distrust = new Distrust(disk, file);
        return new Journal(file, io, new JournalWriter(file, disk.open(file), framing, distrust, line.length, 0));
    }

    private static byte[] sealFirst(Path file, Framing framing, JsonObject firstLine) throws JournalException {
        try {
            return JournalFormat.bytes(framing.append(List.of(JournalFormat.encodeFirst(firstLine)), 0));
        } catch (JsonParseException e) {
            throw cannotHold(file, e);
        }
    }

    private static JournalException cannotHold(Path file, JsonParseException reason) {
        return new JournalException(
                file, "cannot hold this line: " + reason.getMessage() + ".", "Send less, or in parts.", reason);
    }

    /** As {@link #append(JsonObject, Durability, LongConsumer)}, with nobody to tell. */
    public CompletableFuture<Long> append(JsonObject body, Durability durability) {
        return append(body, durability, NOBODY);
    }

    /**
     * Appends a line behind all that were appended before. Never waits for the disk; {@code body} may be changed
     * afterwards.
     *
     * <p>After a failure the journal goes on if what was begun could be cut off (the disk was full, say). If not, or if
     * a force failed, every append fails from then on, and {@link #refusal()} says why; the lines whose appends failed
     * may then be in the file all the same, and the next opening finds them. Otherwise they are not.
     *
     * @param body the line without {@code seq} and {@code crc}
     * @param written gets the line's number on an I/O thread, for all lines in the order of their numbers, once the
     *     line is as durable as asked and before the future completes; never called for a line that failed. Must be
     *     quick and must not throw: what it throws fails the future, though the line is written
     * @return the line's number; fails with a {@link JournalException}. Completed on an I/O thread: attach long work
     *     with the {@code …Async} methods
     * @throws IllegalArgumentException if the body brings {@code seq}, {@code crc} or {@code _file}, or something other than a delta
     *     is to be {@link Durability#WRITTEN} only
     */
    public CompletableFuture<Long> append(JsonObject body, Durability durability, LongConsumer written) {
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(written, "written");
        if (durability == Durability.WRITTEN && !JournalFormat.isDelta(body)) {
            throw new IllegalArgumentException("only a delta may be acknowledged before it is forced");
        }
        Waiting line;
        try {
            byte[] bytes = JournalFormat.encodeBody(body);
            line = new Waiting(bytes, durability == Durability.FORCED, written, new CompletableFuture<>());
        } catch (JsonParseException e) {
            return CompletableFuture.failedFuture(cannotHold(file, e));
        }
        Optional<JournalException> refusal = enqueue(line);
        return refusal.isPresent() ? CompletableFuture.failedFuture(refusal.get()) : line.acknowledged();
    }

    private Optional<JournalException> enqueue(Waiting line) {
        synchronized (lock) {
            if (writer.refusal().isPresent()) {
                return writer.refusal();
            }
            if (closing) {
                return Optional.of(writer.closedException());
            }
            waiting.add(line);
            if (writing) {
                return Optional.empty();
            }
            writing = true;
        }
        schedule();
        return Optional.empty();
    }

    /** Called by whoever set {@link #writing}, or by the task itself. */
    private void schedule() {
        try {
            io.execute(this::writeWaiting);
        } catch (RejectedExecutionException e) {
            writer.refuse(new JournalException(
                    file, "cannot be written to: its I/O threads have been stopped.", "Start Holdfast again.", e));
            writeWaiting();
        }
    }

    private void writeWaiting() {
        for (int turn = 0; turn < BATCHES_A_TURN; turn++) {
            List<Waiting> batch = nextBatch();
            if (batch.isEmpty()) {
                return;
            }
            write(batch);
        }
        schedule();
    }

    /**
     * Lines that arrive meanwhile wait. A journal that refuses goes on doing so: others have not been told what its file
     * holds.
     */
    private void rewrite(Exclusive asked) {
        boolean refuses = writer.refusal().isPresent();
        try {
            if (!refuses) {
                writer.letGo();
            }
            file = asked.rewrite().replace(file);
            if (!refuses) {
                writer = asked.rewrite().open(file);
            }
            asked.done().complete(file);
        } catch (IOException | RuntimeException | Error e) {
            openAgain(asked.rewrite(), e);
            asked.done().completeExceptionally(e);
        }
    }

    /** Goes on with the file that counts now. Where that cannot be opened, nothing more is taken. */
    private void openAgain(Rewrite rewrite, Throwable reason) {
        if (writer.refusal().isPresent()) {
            return;
        }
        try {
            file = rewrite.find(file);
            writer = rewrite.open(file);
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
            writer.refuse(new JournalException(
                    file,
                    "could not be opened again after it was to be written anew: " + e.getMessage() + ".",
                    "Check the disk, then open the conversation again.",
                    e));
        }
    }

    /** The lines to write next. None: the task is over. */
    private List<Waiting> nextBatch() {
        Exclusive asked;
        synchronized (lock) {
            asked = exclusive.poll();
            if (asked == null) {
                List<Waiting> batch = takeBatch();
                writing = !batch.isEmpty() || closing;
                if (!closing || !batch.isEmpty()) {
                    return batch;
                }
            }
        }
        if (asked == null) {
            closeWriter();
            return List.of();
        }
        rewrite(asked);
        return nextBatch();
    }

    private List<Waiting> takeBatch() {
        List<Waiting> batch = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty()
                && (batch.isEmpty()
                        || bytes + JournalFormat.lineBytes(waiting.peek().body()) <= BATCH_BYTES)) {
            bytes += JournalFormat.lineBytes(waiting.peek().body());
            batch.add(waiting.remove());
        }
        return batch;
    }

    private void write(List<Waiting> batch) {
        long seq = writer.lastSeq();
        try {
            writeBodies(batch);
        } catch (JournalException e) {
            batch.forEach(line -> line.acknowledged().completeExceptionally(e));
            return;
        } catch (RuntimeException | Error e) {
            writer.refuse(new JournalException(
                    file, "could not be written to: " + e + ".", "Open the conversation again.", e));
            batch.forEach(line -> line.acknowledged().completeExceptionally(e));
            return;
        }
        for (Waiting line : batch) {
            acknowledge(line, ++seq);
        }
    }

    /** In loops, for this is done for every line: streams would take a tenth of what an append costs. */
    private void writeBodies(List<Waiting> batch) throws JournalException {
        List<byte[]> bodies = new ArrayList<>(batch.size());
        boolean force = false;
        for (Waiting line : batch) {
            bodies.add(line.body());
            force |= line.force();
        }
        writer.write(bodies, force);
    }

    private static void acknowledge(Waiting line, long seq) {
        try {
            line.written().accept(seq);
        } catch (RuntimeException | Error e) {
            line.acknowledged().completeExceptionally(e);
            return;
        }
        line.acknowledged().complete(seq);
    }

    /**
     * Lets the file be replaced between two batches; lines that wait then go into the file of from then on.
     *
     * @return completes with that file; if it fails, the journal goes on with the one that counts
     */
    CompletableFuture<Path> rewrite(Rewrite rewrite) {
        Exclusive asked = new Exclusive(rewrite, new CompletableFuture<>());
        synchronized (lock) {
            if (closing) {
                return CompletableFuture.failedFuture(writer.closedException());
            }
            exclusive.add(asked);
            if (writing) {
                return asked.done();
            }
            writing = true;
        }
        schedule();
        return asked.done();
    }

    /** Where it is now: {@link Journals#rewrite(Journal, Rewriting, DamageReporter)} may move it. */
    public Path file() {
        return file;
    }

    /** The number of the last line that is as durable as was asked; -1 if no line could be read. */
    public long lastSeq() {
        return writer.lastSeq();
    }

    /** Why no line can be appended until the file is opened again; empty while lines can. */
    public Optional<JournalException> refusal() {
        return writer.refusal();
    }

    /**
     * Takes no more lines, writes those that wait, forces the file and closes it. Calling it again changes nothing.
     *
     * @return completes on an I/O thread when all of it is done; fails if the last force or the closing failed
     */
    public CompletableFuture<Void> closed() {
        synchronized (lock) {
            if (closing) {
                return closed;
            }
            closing = true;
            if (writing) {
                return closed;
            }
            writing = true;
        }
        schedule();
        return closed;
    }

    private void closeWriter() {
        try {
            writer.close();
            closed.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            closed.completeExceptionally(e);
        }
    }

    /** {@link #closed()}, waited for. Not to be called on an I/O thread, whose work it waits for. */
    @Override
    public void close() throws IOException {
        try {
            closed().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
