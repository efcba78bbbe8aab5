package dev.holdfast.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Writes a journal anew, in the same form or another: reads all, puts what is not sound into quarantine, writes the rest
 * beside, reads that back, and only then lets it take the old one's place. Whatever ends it early, the old file is there
 * or the new one, or both; {@link JournalFiles} then knows which of them counts.
 */
final class JournalRewrite {
    private final Disk disk;
    private final Path file;
    private final LineCodec codec;
    private final Quarantine quarantine;
    private final DamageReporter reporter;

    JournalRewrite(Disk disk, Path file, LineCodec codec, Quarantine quarantine, DamageReporter reporter) {
        this.disk = disk;
        this.file = file;
        this.codec = codec;
        this.quarantine = quarantine;
        this.reporter = reporter;
    }

    /** @return the new file */
    Path write(Rewriting how) throws IOException {
        Path target = how.form().file(WholeFile.folder(file), JournalForm.nameOf(file));
        boolean moves = !target.equals(file.toAbsolutePath());
        if (moves && disk.exists(target)) {
            throw new JournalException(target, "is there already.", "Look for the journal first, which decides.");
        }
        Framing to = Framing.of(target, codec);
        Distrust distrust = new Distrust(disk, file);
        if (distrust.declared()) {
            distrust.resolve();
        }
        try (DiskFile opened = disk.openToRead(file)) {
            JournalReport found = JournalReport.of(opened, file, Framing.of(file, codec));
            requireWhole(found, how);
            long lastForced = putAside(opened, found);
            WholeFile.replace(disk, target, new NewContent(opened, target, to, how, lastForced));
        }
        if (how.form() == JournalForm.SEALED) {
            quarantine.seal(JournalForm.nameOf(file));
        }
        if (moves) {
            disk.delete(file);
            disk.forceFolder(WholeFile.folder(file));
        }
        return target;
    }

    private void requireWhole(JournalReport found, Rewriting how) throws JournalException {
        if (!found.ours()) {
            throw new JournalException(file, "was written by another program and is only read.", "Import it.");
        }
        if (found.locked() && !how.givesUpLocked()) {
            throw new JournalException(
                    file,
                    "has lines that no key opens, and is left as it is.",
                    "Give the keys that they were written with.");
        }
        if (found.generation() < 0) {
            throw new JournalException(
                    file, "has lost its first line, and is left as it is.", "Restore it from a backup.");
        }
    }

    /** Keeps a copy of all that is not sound, and tells the number of the last line that is no delta. */
    private long putAside(DiskFile opened, JournalReport found) throws IOException {
        for (JournalReport.Damage damage : found.damage()) {
            reporter.damaged(file, damage.line(), damage.offset(), damage.bytes(), damage.sentence());
            if (damage.bytes() > 0) {
                quarantine.keep(file, opened, damage.offset(), damage.offset() + damage.bytes());
            }
        }
        if (found.tornBytes() > 0) {
            long size = opened.size();
            Path keptIn = quarantine.keep(file, opened, size - found.tornBytes(), size);
            reporter.healed(file, found.tornBytes(), keptIn);
        }
        return found.lastForced();
    }

    /** The lines of the old file, as the new one is to hold them; checked by reading them back. */
    private final class NewContent implements WholeFile.Content {
        private final DiskFile old;
        private final Path target;
        private final Framing to;
        private final Rewriting how;
        private final long lastForced;
        private long checksum;

        NewContent(DiskFile old, Path target, Framing to, Rewriting how, long lastForced) {
            this.old = old;
            this.target = target;
            this.to = to;
            this.how = how;
            this.lastForced = lastForced;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            LinePacker packer = new LinePacker(to, out, how, lastForced);
            try {
                new JournalReader(old, file, Framing.of(file, codec), new Damages()).all(line -> {
                    try {
                        packer.write(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            checksum = packer.end();
        }

        @Override
        public void verify(DiskFile content, Path written) throws IOException {
            CRC32C sum = new CRC32C();
            Damages damages = new Damages();
            JournalScan scan = new JournalReader(content, target, to, damages).all(line -> LinePacker.add(sum, line));
            boolean whole = damages.found().stream().allMatch(damage -> damage.bytes() == 0);
            if (!whole || scan.soundEnd() != content.size() || sum.getValue() != checksum) {
                throw new JournalException(
                        written, "does not hold the lines that it was written for.", "Report this; nothing is lost.");
            }
        }
    }
}
