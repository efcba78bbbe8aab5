package dev.holdfast.journal;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The journals of one data folder, and what they share. {@link JournalForm} tells by a file's name how it is read and
 * written. All methods work on the calling thread, which must be one that nobody interrupts.
 *
 * <p>Thread-safe; per file there must be one journal, and nothing else be done to the file while it is open.
 */
public final class Journals {
    private final Disk disk;
    private final Quarantine quarantine;
    private final Executor io;
    private final LineCodec codec;

    /**
     * @param quarantine folder for bytes that are cut off or not sound; made when needed. Sealed where there is a codec
     * @param io runs the writing; a bounded pool shared by all journals, whose threads nobody interrupts and which is
     *     stopped only after all journals are closed
     * @param codec seals and opens the lines of the sealed form; null if there is none
     */
    public Journals(Disk disk, Path quarantine, Executor io, LineCodec codec) {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.quarantine = new Quarantine(disk, Objects.requireNonNull(quarantine, "quarantine"), codec);
        this.io = Objects.requireNonNull(io, "io");
        this.codec = codec;
    }

    /**
     * Makes a new file. When this returns, it and its first line survive a power cut; before, there is no file of that
     * name.
     *
     * @param file in a folder that is there
     * @param firstLine without {@code seq}, {@code crc} and {@code format}, which are added
     * @throws java.nio.file.FileAlreadyExistsException if the file exists
     * @throws JournalException if it is to be sealed and there is no codec
     */
    public Journal create(Path file, JsonObject firstLine) throws IOException {
        return Journal.create(disk, file, framing(file), io, firstLine);
    }

    /**
     * Opens a file and hands over what it holds. The file and its folder are forced first, since after the end of a
     * process its last lines, and its name, may be in the system's memory only. A torn tail is cut off, and the cut
     * bytes are kept. A file of which a force failed earlier, in this process or one before, is first replaced by a new
     * file of the same content.
     *
     * <p>The file of another program is read too, but cannot be appended to. Nor can a file whose tail could not be
     * cut, for lack of space perhaps, or whose last lines no key opens: it is read, and {@link Journal#refusal()} tells.
     *
     * @param lines gets every sound line, in order, before this returns
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws JournalException if its format is not known, it could not be forced, or it is sealed and there is no codec
     */
    public Journal open(Path file, Consumer<JournalLine> lines, DamageReporter reporter) throws IOException {
        return new Journal(file, io, opening(file, reporter).open(reader -> reader.all(lines)));
    }

    /**
     * As {@link #open}, but reads the end only, so that it does not take longer the longer the file is. What is handed
     * over is the file's first line, which says what it is, then the newest lines. Damage before them is not found: that
     * takes reading all.
     *
     * @param oldest is shown the sound lines, the newest first, until it accepts one: that one is the first of those that
     *     are handed over. May count; is used once. If it accepts none, all are
     */
    public Journal openAtTail(
            Path file, Predicate<JournalLine> oldest, Consumer<JournalLine> lines, DamageReporter reporter)
            throws IOException {
        return new Journal(file, io, opening(file, reporter).open(reader -> reader.tail(oldest, lines)));
    }

    private JournalOpening opening(Path file, DamageReporter reporter) throws IOException {
        return new JournalOpening(disk, file, framing(file), quarantine, reporter);
    }

    /**
     * Reads a file, ours or another program's, from start to end and changes nothing. A torn tail is passed over
     * silently.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws JournalException if its format is not known, or it is sealed and there is no codec
     */
    public void read(Path file, Consumer<JournalLine> lines, DamageReporter reporter) throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            new JournalReader(opened, file, framing(file), reporter).all(lines);
        }
    }

    /**
     * As {@link #read}, from the first line whose number is {@code fromSeq} or more. That is searched by halving, so
     * this takes as long as what is handed over. Damage before is not found.
     */
    public void readFrom(Path file, long fromSeq, Consumer<JournalLine> lines, DamageReporter reporter)
            throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            new JournalReader(opened, file, framing(file), reporter).from(fromSeq, lines);
        }
    }

    /** Reads as {@link #openAtTail} does, and changes nothing; a torn tail is passed over silently. */
    public void readTail(Path file, Predicate<JournalLine> oldest, Consumer<JournalLine> lines, DamageReporter reporter)
            throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            new JournalReader(opened, file, framing(file), reporter).tail(oldest, lines);
        }
    }

    /**
     * Shows the sound lines whose numbers are below {@code beforeSeq}, the newest first, until {@code goOn} has seen
     * enough; the others are searched by halving, not read. Changes nothing and reports nothing.
     *
     * @param goOn whether to show the line before, too
     */
    public void readBackward(Path file, long beforeSeq, Predicate<JournalLine> goOn) throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            new JournalReader(opened, file, framing(file), new Damages()).before(beforeSeq, goOn);
        }
    }

    /**
     * Looks for the file of a journal, in whatever form. If an interrupted {@link #rewrite} left two, the one of the
     * highest generation that is sound stays and the others go: to quarantine, if they hold anything that it does not.
     * Call it before opening, when nothing of this journal is open.
     *
     * @param name of the journal: the file's name without its ending
     * @return empty if there is none
     */
    public Optional<Path> find(Path folder, String name) throws IOException {
        return new JournalFiles(disk, codec, quarantine).find(folder, name);
    }

    /**
     * As {@link #find}, but changes nothing, so that it can be called whatever is open.
     *
     * @throws JournalException if there are two, one of them is sealed, and there is no codec
     */
    public Optional<Path> look(Path folder, String name) throws IOException {
        return new JournalFiles(disk, codec, quarantine).look(folder, name);
    }

    /**
     * Writes a journal anew: in another form, packed, sealed with the newest key, or without superfluous deltas. The new
     * file's first line has a {@code generation} higher by one. A crash leaves the old file, the new one or, if the form
     * changes, both: see {@link #find}. What is not sound goes to quarantine; what is missing stays missing, and
     * reported. When the new form is sealed nothing of this journal remains in the clear, in quarantine neither.
     *
     * @param file of a journal that is not open
     * @return the new file; has another ending if the form changed
     * @throws JournalException if the file is not ours, has lost its first line, or has lines that no key opens. It is
     *     left as it is
     */
    public Path rewrite(Path file, Rewriting how, DamageReporter reporter) throws IOException {
        return new JournalRewrite(disk, file, codec, quarantine, reporter).write(how);
    }

    /** Something that is done to a file while nothing of it is open. */
    @FunctionalInterface
    public interface Work {
        /** @return the file that holds the journal now */
        Path on(Path file) throws IOException;
    }

    /** As {@link #rewrite(Path, Rewriting, DamageReporter)}, of a journal that is open and stays so. */
    public CompletableFuture<Path> rewrite(Journal open, Rewriting how, DamageReporter reporter) {
        return whileClosed(open, file -> rewrite(file, how, reporter), reporter);
    }

    /**
     * Closes a journal's file for as long as {@code work} takes, on one of the I/O threads. The journal stays open: what
     * is appended meanwhile waits, and is written behind what is there then.
     *
     * @return completes with the file that {@code work} gave, when it is open again; fails as {@code work} does, and then
     *     the journal goes on with the file that counts
     */
    public CompletableFuture<Path> whileClosed(Journal open, Work work, DamageReporter reporter) {
        return open.rewrite(new Journal.Rewrite() {
            @Override
            public Path replace(Path file) throws IOException {
                return work.on(file);
            }

            @Override
            public Path find(Path file) throws IOException {
                return Journals.this
                        .find(WholeFile.folder(file), JournalForm.nameOf(file))
                        .orElse(file);
            }

            @Override
            public JournalWriter open(Path file) throws IOException {
                return opening(file, reporter).open(reader -> reader.tail(newest -> true, line -> {}));
            }
        });
    }

    /**
     * Whether small pieces, as appending leaves them, make up more than a quarter of a file, so that packing them is
     * worth the writing. Reads no more than that quarter.
     *
     * @return false for the plain form, which is not packed
     */
    public boolean worthPacking(Path file) throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            return JournalForm.of(file) != JournalForm.PLAIN && LinePacker.isWorthIt(framing(file), opened);
        }
    }

    /**
     * Reads a whole file and tells what is sound in it and what is not; changes nothing.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws JournalException if its format is not known, or it is sealed and there is no codec
     */
    public JournalReport check(Path file) throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            return JournalReport.of(opened, file, framing(file));
        }
    }

    private Framing framing(Path file) throws IOException {
        return Framing.of(file, codec);
    }
}
