package dev.holdfast.journal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
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
import java.util.function.Consumer;
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

    private final Path file;
    private final Executor io;
    private final JournalWriter writer;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private final Object lock = new Object();
    /** Guarded by {@link #lock}, as the two flags are. */
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    /** A task is on the executor, or about to be; only it touches the writer. */
    private boolean writing;
    /** Nothing more is taken. */
    private boolean closing;

    private Journal(Path file, Executor io, JournalWriter writer) {
        this.file = file;
        this.io = io;
        this.writer = writer;
    }

    /**
     * Makes a new file. When this returns, it and its first line survive a power cut; before, there is no file of that
     * name. Works on the calling thread, which must be one that nobody interrupts.
     *
     * @param file in a folder that is there
     * @param io runs the writing; a bounded pool shared by all journals, whose threads nobody interrupts and which is
     *     stopped only after all journals are closed
     * @param firstLine without {@code seq}, {@code crc} and {@code format}, which are added
     * @throws java.nio.file.FileAlreadyExistsException if the file exists
     */
    public static Journal create(Disk disk, Path file, Executor io, JsonObject firstLine) throws IOException {
        ByteBuffer line = sealFirst(file, firstLine);
        WholeFile.create(disk, file, out -> out.write(line.array(), 0, line.limit()));
        JournalWriter writer = new JournalWriter(file, disk.open(file), new Distrust(disk, file), line.limit(), 0);
        return new Journal(file, io, writer);
    }

    private static ByteBuffer sealFirst(Path file, JsonObject firstLine) throws JournalException {
        try {
            return JournalFormat.seal(List.of(JournalFormat.encodeFirst(firstLine)), 0);
        } catch (JsonParseException e) {
            throw cannotHold(file, e);
        }
    }

    private static JournalException cannotHold(Path file, JsonParseException reason) {
        return new JournalException(
                file, "cannot hold this line: " + reason.getMessage() + ".", "Send less, or in parts.", reason);
    }

    /**
     * Opens a file and hands over what it holds. The file and its folder are forced first, since after the end of a
     * process its last lines, and its name, may be in the system's memory only. A torn tail is cut off, and the cut
     * bytes are kept. A file of which a force failed earlier, in this process or one before, is first replaced by a new
     * file of the same content. Works on the calling thread, which must be one that nobody interrupts.
     *
     * <p>The file of another program is read too, but cannot be appended to. Nor can a file whose tail could not be
     * cut, for lack of space perhaps: it is read, and {@link #refusal()} tells.
     *
     * @param quarantine folder for bytes that are cut off; made when needed
     * @param io as in {@link #create}
     * @param lines gets every sound line, in order, before this returns
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws JournalException if its format is not known, or it could not be forced
     */
    public static Journal open(
            Disk disk, Path file, Path quarantine, Executor io, Consumer<JournalLine> lines, DamageReporter reporter)
            throws IOException {
        JournalOpening opening = new JournalOpening(disk, file, new Quarantine(disk, quarantine), reporter);
        return new Journal(file, io, opening.open(lines));
    }

    /**
     * Reads a file, ours or another program's, from start to end and changes nothing. A torn tail is passed over
     * silently.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws JournalException if its format is not known
     */
    public static void read(Disk disk, Path file, Consumer<JournalLine> lines, DamageReporter reporter)
            throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            JournalReader.read(opened, file, lines, reporter);
        }
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
     * may then be in the file all the same, and the next {@link #open} finds them. Otherwise they are not.
     *
     * @param body the line without {@code seq} and {@code crc}
     * @param written gets the line's number on an I/O thread, for all lines in the order of their numbers, once the
     *     line is as durable as asked and before the future completes; never called for a line that failed. Must be
     *     quick and must not throw: what it throws fails the future, though the line is written
     * @return the line's number; fails with a {@link JournalException}. Completed on an I/O thread: attach long work
     *     with the {@code …Async} methods
     * @throws IllegalArgumentException if the body brings {@code seq} or {@code crc}, or something other than a delta
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

    /** The lines to write next. None: the task is over. */
    private List<Waiting> nextBatch() {
        List<Waiting> batch = new ArrayList<>();
        synchronized (lock) {
            long bytes = 0;
            while (!waiting.isEmpty()
                    && (batch.isEmpty() || bytes + waiting.peek().body().length <= BATCH_BYTES)) {
                bytes += waiting.peek().body().length;
                batch.add(waiting.remove());
            }
            if (!batch.isEmpty()) {
                return batch;
            }
            if (!closing) {
                writing = false;
                return batch;
            }
        }
        closeWriter();
        return batch;
    }

    private void write(List<Waiting> batch) {
        long seq = writer.lastSeq();
        try {
            writer.write(
                    batch.stream().map(Waiting::body).toList(), batch.stream().anyMatch(Waiting::force));
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

    private static void acknowledge(Waiting line, long seq) {
        try {
            line.written().accept(seq);
        } catch (RuntimeException | Error e) {
            line.acknowledged().completeExceptionally(e);
            return;
        }
        line.acknowledged().complete(seq);
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
