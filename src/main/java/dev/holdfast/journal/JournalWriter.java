package dev.holdfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes lines behind the last one of a file. Disk first, fields after: the number and the end move on only when the
 * lines are as durable as they have to be. One thread at a time; what it tells others is volatile.
 *
 * <p>A write that fails is cut off again, else the next line would be glued to half a one. A force that fails, or a
 * cut, ends the writing until the journal is opened again.
 */
final class JournalWriter {
    private static final String FREE_SPACE = "Check the disk and its free space, then try again.";
    private static final String REOPEN = "Check the disk, then open the conversation again.";

    private final Path file;
    private final DiskFile opened;
    private final Framing framing;
    private final Distrust distrust;
    private long end;
    private boolean unforced;
    private volatile long lastSeq;
    private volatile JournalException refusal;

    JournalWriter(Path file, DiskFile opened, Framing framing, Distrust distrust, long end, long lastSeq) {
        this.file = file;
        this.opened = opened;
        this.framing = framing;
        this.distrust = distrust;
        this.end = end;
        this.lastSeq = lastSeq;
    }

    /** The number of the last line that is as durable as it was asked to be. */
    long lastSeq() {
        return lastSeq;
    }

    /** Why nothing can be written any more. */
    Optional<JournalException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Lets nothing be written any more; the first reason stays. */
    void refuse(JournalException reason) {
        if (refusal == null) {
            refusal = reason;
        }
    }

    /** Writes lines, and forces them if asked to: all of them are in the file afterwards, or it threw. */
    void write(List<byte[]> bodies, boolean force) throws JournalException {
        if (refusal != null) {
            throw refusal;
        }
        ByteBuffer lines = framing.append(bodies, lastSeq + 1);
        int length = lines.remaining();
        try {
            opened.writeFully(lines, end);
        } catch (IOException e) {
            cutBack(e);
            throw new JournalException(
                    file, "could not be written to, and nothing of it was kept: " + reason(e) + ".", FREE_SPACE, e);
        }
        unforced = true;
        if (force) {
            force();
        }
        end += length;
        lastSeq += bodies.size();
    }

    private void cutBack(IOException failure) throws JournalException {
        try {
            opened.truncate(end);
        } catch (IOException e) {
            e.addSuppressed(failure);
            refuse(new JournalException(
                    file, "could not be written to, nor what was begun be cut off: " + reason(e) + ".", REOPEN, e));
            throw refusal;
        }
        force();
    }

    private void force() throws JournalException {
        try {
            opened.force();
            unforced = false;
        } catch (IOException e) {
            distrust.declare(e);
            refuse(new JournalException(
                    file,
                    "could not be forced to the disk: " + reason(e) + ". Its last lines may be lost.",
                    REOPEN,
                    e));
            throw refusal;
        }
    }

    /** Forces what is not forced yet, and closes the file. */
    void close() throws IOException {
        try {
            letGo();
        } finally {
            refuse(closedException());
        }
    }

    /** The same, for another writer that will go on; until then this one does not say that it refuses. */
    void letGo() throws IOException {
        try (opened) {
            if (unforced && refusal == null) {
                force();
            }
        }
    }

    JournalException closedException() {
        return new JournalException(file, "is closed.", "Open the conversation again.");
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
