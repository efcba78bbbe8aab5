package dev.holdfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** How a file becomes ready to be appended to: distrust resolved, forced, read, its tail healed. */
final class JournalOpening {
    private final Disk disk;
    private final Path file;
    private final Framing framing;
    private final Quarantine quarantine;
    private final DamageReporter reporter;
    private final Distrust distrust;

    /** How the file is read once it is forced. */
    @FunctionalInterface
    interface Reading {
        JournalScan read(JournalReader reader) throws IOException;
    }

    JournalOpening(Disk disk, Path file, Framing framing, Quarantine quarantine, DamageReporter reporter) {
        this.disk = disk;
        this.file = file;
        this.framing = framing;
        this.quarantine = quarantine;
        this.reporter = reporter;
        this.distrust = new Distrust(disk, file);
    }

    /** Reads the file; the writer goes on behind what was found. */
    JournalWriter open(Reading reading) throws IOException {
        if (distrust.declared()) {
            distrust.resolve();
        }
        Path stray = WholeFile.temporary(file);
        if (disk.exists(stray)) {
            disk.delete(stray);
        }
        DiskFile opened = disk.open(file);
        try {
            force(opened);
            disk.forceFolder(WholeFile.folder(file)); // Whoever made the file may have died before forcing its name.
            JournalScan scan = reading.read(new JournalReader(opened, file, framing, reporter));
            return writer(opened, scan);
        } catch (IOException | RuntimeException | Error e) {
            closeAfter(opened, e);
            throw e;
        }
    }

    private void force(DiskFile opened) throws JournalException {
        try {
            opened.force();
        } catch (IOException e) {
            distrust.declare(e);
            throw new JournalException(
                    file,
                    "could not be forced to the disk: " + e.getMessage() + ".",
                    "Check the disk, then try again.",
                    e);
        }
    }

    private JournalWriter writer(DiskFile opened, JournalScan scan) throws IOException {
        if (!scan.ours()) {
            return refusing(
                    opened,
                    scan,
                    new JournalException(
                            file, "was written by another program and is only read.", "Import it to go on with it."));
        }
        if (scan.lockedAtEnd()) {
            return refusing(
                    opened,
                    scan,
                    new JournalException(
                            file,
                            "ends in lines that no key opens, and is only read.",
                            "Give the key that they were written with."));
        }
        if (scan.lastSeq() < 0) {
            return refusing(
                    opened,
                    scan,
                    new JournalException(
                            file, "has no line that can be read, and is left as it is.", "Restore it from a backup."));
        }
        try {
            long end = heal(opened, scan);
            return new JournalWriter(file, opened, framing, distrust, end, scan.lastSeq());
        } catch (IOException e) {
            return refusing(
                    opened,
                    scan,
                    new JournalException(
                            file,
                            "has a torn end that could not be put aside: " + e.getMessage() + ".",
                            "Check the disk and its free space, then open the conversation again.",
                            e));
        }
    }

    private JournalWriter refusing(DiskFile opened, JournalScan scan, JournalException reason) {
        JournalWriter writer = new JournalWriter(file, opened, framing, distrust, scan.soundEnd(), scan.lastSeq());
        writer.refuse(reason);
        return writer;
    }

    /** Leaves the file with nothing behind its last sound frame, which is closed, and says where that ends. */
    private long heal(DiskFile opened, JournalScan scan) throws IOException {
        long end = scan.soundEnd();
        long size = opened.size();
        if (size > end) {
            Path keptIn = quarantine.keep(file, opened, end, size);
            opened.truncate(end);
            force(opened);
            reporter.healed(file, size - end, keptIn);
        }
        byte[] lacking = scan.lacking();
        if (lacking.length > 0) {
            opened.writeFully(ByteBuffer.wrap(lacking), end);
            force(opened);
        }
        return end + lacking.length;
    }

    private static void closeAfter(DiskFile opened, Throwable reason) {
        try {
            opened.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
