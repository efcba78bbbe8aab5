package dev.holdfast.store;

import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.journal.DamageReporter;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Reads conversations' files, and writes them anew in the form in which they rest. Thread-safe.
 *
 * @param io where files are written
 */
record ConversationReader(Journals journals, Storage storage, Executor io, DamageReporter reporter) {
    /** What was read, and whether some of it could not be. */
    record Found(Reading reading, boolean damaged) {}

    /** A journal that can be appended to, and what was read of it. */
    record Opened(Journal journal, Found found) {}

    /** Opens a file at its newest part; all of it if that refers to what lies before. */
    Opened open(ConversationId id, Path file) throws IOException {
        DamageNote note = new DamageNote(reporter);
        Reading newest = new Reading(id);
        Journal journal = journals.openAtTail(file, TailStart.newest(), newest::line, note);
        if (!newest.needsAll()) {
            return new Opened(journal, found(newest, note));
        }
        journal.close();
        Reading all = new Reading(id);
        return new Opened(journals.open(file, all::line, note), found(all, note));
    }

    /** Reads the part that {@code start} tells, or all of a file, up to line {@code last}. */
    Found read(ConversationId id, Path file, Supplier<TailStart> start, long last) throws IOException {
        DamageNote note = new DamageNote(DamageNote.SILENT);
        Reading newest = new Reading(id);
        journals.readTail(
                file,
                start.get(),
                line -> {
                    if (line.seq() <= last) {
                        newest.line(line);
                    }
                },
                note);
        return newest.needsAll() ? read(id, file, TailStart::all, last) : found(newest, note);
    }

    private static Found found(Reading reading, DamageNote note) {
        return new Found(reading, note.damaged() || reading.transcript().orphans() > 0);
    }

    /** The messages with those ids, not none, in lines before {@code before}; by id. */
    Map<String, Message> messages(Path file, long before, Set<String> ids) throws IOException {
        Map<String, Message> found = new HashMap<>();
        journals.readBackward(file, before, line -> {
            Optional<String> id = EntryJson.idOfMessage(line.json()).filter(ids::contains);
            if (id.isPresent() && EntryJson.read(line.json()) instanceof Message message) {
                found.put(id.get(), message);
            }
            return found.size() < ids.size();
        });
        return found;
    }

    /** The newest calls, at most so many, oldest first. */
    List<Call> calls(Path file, int most) throws IOException {
        NewestCalls newest = new NewestCalls(most);
        journals.readBackward(file, Long.MAX_VALUE, newest);
        return newest.calls();
    }

    /** What the trace of a reply refers to; empty if it has none. */
    Optional<Traced> traced(Path file, String reply) throws IOException {
        TracedLines lines = new TracedLines(reply);
        journals.readBackward(file, Long.MAX_VALUE, lines);
        return lines.found();
    }

    /** What was sent under send keys in lines before {@code before}, back to a time. */
    Map<String, Transcript.Sent> sentBefore(Path file, long before, Instant oldest) throws IOException {
        Map<String, Transcript.Sent> sent = new HashMap<>();
        journals.readBackward(file, before, line -> {
            if (!EntryJson.isMessage(line.json())) {
                return true;
            }
            if (!(EntryJson.read(line.json()) instanceof Message message)) {
                return true;
            }
            message.sendKey()
                    .ifPresent(key -> sent.putIfAbsent(
                            key, new Transcript.Sent(message.id(), message.text(), message.timestamp())));
            return message.timestamp().isAfter(oldest);
        });
        return sent;
    }

    /** Brings an open journal into the form in which it rests, if it is not in it or packing it is worth the writing. */
    CompletableFuture<Void> rest(Journal journal) {
        return CompletableFuture.supplyAsync(() -> isWorthIt(journal.file()), io)
                .thenCompose(worthIt -> worthIt
                        ? journals.whileClosed(journal, this::anew, reporter).thenApply(file -> null)
                        : CompletableFuture.completedFuture(null));
    }

    private boolean isWorthIt(Path file) {
        try {
            return JournalForm.of(file) != storage.atRest().form() || packs(file);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private boolean packs(Path file) throws IOException {
        return storage.gzip() != Storage.Gzip.OFF && journals.worthPacking(file);
    }

    /**
     * Writes the file of a journal that is not open anew if that changes its form, packs it, or drops enough.
     *
     * @return the new file; empty if it is not worth it
     */
    Optional<Path> repack(Path file) throws IOException {
        ClosedReplies closed = closedReplies(file);
        boolean worthIt = JournalForm.of(file) != storage.atRest().form() || packs(file) || closed.any();
        return worthIt
                ? Optional.of(journals.rewrite(file, storage.atRest().dropping(closed), reporter))
                : Optional.empty();
    }

    /** Writes a file anew: in the form in which it rests, without deltas that it does not need. */
    private Path anew(Path file) throws IOException {
        return journals.rewrite(file, storage.atRest().dropping(closedReplies(file)), reporter);
    }

    private ClosedReplies closedReplies(Path file) throws IOException {
        ClosedReplies closed = new ClosedReplies();
        journals.read(file, closed::line, DamageNote.SILENT);
        return closed;
    }
}
