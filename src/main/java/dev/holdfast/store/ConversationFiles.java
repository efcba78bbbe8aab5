package dev.holdfast.store;

import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.journal.DamageReporter;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.journal.SealedFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Conversations' files to look at, ours in each of their forms or another program's (see {@link Origin}). Changes nothing and
 * needs no lock: what another process appends meanwhile is read or not; a torn end is passed over.
 *
 * <p>Errors are sentences that name the file and say what to do next. Thread-safe.
 */
public final class ConversationFiles {
    private static final Pattern SEALED_TEXT =
            Pattern.compile(".*(\\.eml|\\.json|\\.[0-9]+-[0-9]+)\\.fernet", Pattern.DOTALL);

    private final Disk disk;
    private final Optional<LineCodec> codec;
    private final ForeignTime time;
    private final Journals journals;

    /**
     * @param codec opens what is sealed; empty if there is no key
     * @param zone of the times in other programs' files that name none
     */
    public ConversationFiles(Disk disk, Optional<LineCodec> codec, ZoneId zone) {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.codec = Objects.requireNonNull(codec, "codec");
        this.time = new ForeignTime(Objects.requireNonNull(zone, "zone"));
        // Reading neither cuts nor writes: no quarantine, no thread.
        this.journals = new Journals(disk, Path.of("quarantine"), Runnable::run, codec.orElse(null));
    }

    /**
     * The file of a conversation of ours, in whatever form; one in the trash if there is no other. If a change of form was
     * interrupted there are two: then the newer one, if it is sound.
     *
     * @param folder the data folder
     */
    public Optional<Path> find(Path folder, ConversationId id) throws IOException {
        return opening(folder, () -> findIn(folder, id));
    }

    private Optional<Path> findIn(Path folder, ConversationId id) throws IOException {
        ConversationFolders folders = new ConversationFolders(disk, folder);
        List<Path> places = List.of(folders.of(id), folders.trash());
        for (Path place : places) {
            Optional<Path> found = journals.look(place, id.value());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Reads all of a file.
     *
     * @param conversations gets each conversation once it is complete: one, or in a file for fine-tuning one a line. None if
     *     there is no line that says anything
     * @param reporter is told what was not readable
     * @throws JournalException if there is no such file, it may not be read, is of another kind, or no key opens it
     */
    public void read(Path file, Consumer<ReadConversation> conversations, DamageReporter reporter) throws IOException {
        opening(file, () -> {
            FileHead head = FileHead.read(disk, file);
            head.requireLines();
            readAll(head, conversations, reporter);
            return head;
        });
    }

    /**
     * As {@link #read}, with the end of each path only. Of our own files, however large, no more than that end is read, and
     * damage before it is not found.
     *
     * @param most how many messages, at least one
     */
    public void readLast(Path file, int most, Consumer<ReadConversation> conversations, DamageReporter reporter)
            throws IOException {
        if (most < 1) {
            throw new IllegalArgumentException("the last message is one: expected 1 or more, found " + most);
        }
        opening(file, () -> {
            FileHead head = FileHead.read(disk, file);
            head.requireLines();
            if (!head.mayBeOurs() || !readEnd(file, most, conversations, reporter)) {
                readAll(head, conversation -> conversations.accept(conversation.last(most)), reporter);
            }
            return head;
        });
    }

    /**
     * The newest calls to models in a conversation of ours, oldest first. What is not readable is passed over.
     *
     * @param most how many at most, at least one: no more of the file is read than they take
     * @throws JournalException as {@link #read}
     */
    public List<Call> calls(Path file, int most) throws IOException {
        return opening(file, () -> {
            FileHead head = FileHead.read(disk, file);
            head.requireLines();
            NewestCalls newest = new NewestCalls(most);
            journals.readBackward(file, Long.MAX_VALUE, newest);
            if (newest.calls().isEmpty()) {
                requireKey(head, new FirstReportHeld(DamageNote.SILENT));
            }
            return newest.calls();
        });
    }

    private void readAll(FileHead head, Consumer<ReadConversation> conversations, DamageReporter reporter)
            throws IOException {
        Path file = head.file();
        FirstReportHeld reports = new FirstReportHeld(reporter);
        FormatDetection lines = new FormatDetection(file, conversations, new LineNotes(file, reports), time);
        journals.read(file, lines, reports);
        if (lines.lines() == 0) {
            requireKey(head, reports);
            if (!reports.any() && !head.text().isBlank() && !head.isSealedAsAWhole()) {
                reports.damaged(file, 1, 0, head.size(), "Nothing in the file is whole.");
            }
        }
        reports.release();
        lines.end();
    }

    /** A file of which nothing was readable may be one that no key opens. */
    private void requireKey(FileHead head, FirstReportHeld reports) throws IOException {
        boolean sealed = JournalForm.of(head.file()) == JournalForm.SEALED
                ? journals.check(head.file()).locked()
                : head.isSealedAsAWhole() && reports.isOf(head.size());
        if (sealed && codec.isEmpty()) {
            throw noKey(head.file());
        }
        if (sealed) {
            throw new JournalException(
                    head.file(),
                    "is encrypted, and no key that was given opens it.",
                    "Give the key that it was written with.");
        }
    }

    private static JournalException noKey(Path file) {
        return new JournalException(
                file, "is encrypted, and no key was given.", "Give the key that it was written with.");
    }

    /** Whether the end of the path could be told from the end of the file. If not, nothing was handed over. */
    private boolean readEnd(Path file, int most, Consumer<ReadConversation> conversations, DamageReporter reporter)
            throws IOException {
        PathFromEnd path = new PathFromEnd(most);
        List<Runnable> reports = new ArrayList<>();
        DamageReporter held = new DamageReporter() {
            @Override
            public void healed(Path cut, long bytesCut, Path keptIn) {}

            @Override
            public void damaged(Path damaged, long line, long offset, long bytes, String sentence) {
                reports.add(() -> reporter.damaged(damaged, line, offset, bytes, sentence));
            }
        };
        OurFormat end = new OurFormat(conversations, new LineNotes(file, held), false);
        journals.readTail(file, path, end::take, held);
        if (!path.complete()) {
            return false;
        }
        reports.forEach(Runnable::run);
        conversations.accept(end.read(path.path()).last(most));
        return true;
    }

    /**
     * Whether a file is sealed and holds no lines of a conversation: bytes that were cut off one, a mail or a draft. {@link #readText}
     * is for these.
     */
    public static boolean isSealedText(Path file) {
        Path name = file.getFileName();
        return name != null && SEALED_TEXT.matcher(name.toString()).matches();
    }

    /**
     * Opens a sealed file and hands over what was sealed, as text.
     *
     * @param text gets it in pieces; bytes that are not UTF-8 became U+FFFD
     * @throws JournalException as {@link #read}
     */
    public void readText(Path file, Consumer<String> text) throws IOException {
        opening(file, () -> {
            Utf8Pieces pieces = new Utf8Pieces(text);
            SealedFile.read(disk, file, codec.orElseThrow(() -> noKey(file)), pieces::take);
            pieces.end();
            return pieces;
        });
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T opening(Path file, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (NoSuchFileException e) {
            throw new JournalException(file, "is not there.", "Look at its name and folder.", e);
        } catch (AccessDeniedException e) {
            throw new JournalException(
                    file, "may not be read by this user.", "Let its owner read it, or give yourself the right.", e);
        } catch (JournalException | FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new JournalException(
                    file,
                    "could not be read: " + e.getMessage() + ".",
                    "If it stays so the disk is failing: copy the data folder to another one.",
                    e);
        }
    }
}
