package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.JournalLine;
import dev.holdfast.journal.Journals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the catalog up to date with the files: looks at the size and time of each, and of those that are not as the
 * catalog remembers them reads what was added. Reads all of a file that the catalog does not know, or that is older than
 * what it knows. Thread-safe.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final ConversationFolders folders;
    private final Journals journals;
    private final Catalog catalog;
    private final BiConsumer<ConversationId, Runnable> alone;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean ending;

    /** @param alone runs an action while nobody opens or moves the conversation; not at all if it is open */
    Sweep(ConversationFolders folders, Journals journals, Catalog catalog, BiConsumer<ConversationId, Runnable> alone) {
        this.folders = folders;
        this.journals = journals;
        this.catalog = catalog;
        this.alone = alone;
    }

    /** Begins the pass after the start. */
    void begin(Executor background) {
        background.execute(() -> {
            try {
                pass();
            } finally {
                done.complete(null);
            }
            texts();
        });
    }

    /** Ends what is under way, and returns once the catalog knows everything that there was at the start. */
    void end() {
        ending = true;
        done.join();
    }

    /** What was said in conversations of which the catalog has forgotten it, those begun last first. */
    void texts() {
        List<ConversationId> without = new ArrayList<>();
        catalog.eachMark((id, mark) -> {
            if (!ending && !catalog.textIndexed(id)) {
                without.add(id);
            }
        });
        without.sort(Comparator.reverseOrder());
        for (ConversationId id : without) {
            if (ending) {
                return;
            }
            alone.accept(
                    id,
                    () -> kept(id).ifPresent(file -> {
                        catalog.find(id)
                                .ifPresent(entry -> texts(id, entry.listing().owner(), file));
                        catalog.allTextAdded(id);
                    }));
        }
    }

    private Optional<Path> kept(ConversationId id) {
        try {
            return journals.find(folders.of(id), id.value());
        } catch (IOException e) {
            LOG.warn("Conversation {} could not be looked for: {}", id, e.toString());
            return Optional.empty();
        }
    }

    /** Runs {@code action} once the catalog knows everything that there was at the start. */
    void then(Runnable action, Executor background) {
        done.thenRunAsync(action, background);
    }

    /** Returns once the catalog knows everything that there was at the start. */
    void join() {
        done.join();
    }

    /** One pass over all files. */
    void pass() {
        Set<ConversationId> there = new HashSet<>();
        folders.eachFile(file -> look(file, false, there));
        folders.trashed().forEach(file -> look(file, true, there));
        List<ConversationId> gone = new ArrayList<>();
        catalog.eachMark((id, mark) -> {
            if (!there.contains(id)) {
                gone.add(id);
            }
        });
        gone.forEach(id -> alone.accept(id, () -> forget(id)));
        catalog.flush();
    }

    private void forget(ConversationId id) {
        try {
            if (journals.find(folders.of(id), id.value()).isEmpty()
                    && journals.find(folders.trash(), id.value()).isEmpty()) {
                catalog.remove(id);
            }
        } catch (IOException e) {
            LOG.warn("Whether conversation {} is still there is not known: {}", id, e.toString());
        }
    }

    private void look(Path file, boolean trashed, Set<ConversationId> there) {
        ConversationId id = ConversationFolders.id(file).orElseThrow();
        there.add(id);
        alone.accept(id, () -> refresh(id, file, trashed));
    }

    /** Tells the catalog what a file of a conversation that is not open holds, unless it knows. */
    void refresh(ConversationId id, Path file, boolean trashed) {
        Optional<Catalog.Entry> known = catalog.find(id);
        try {
            Disk.State state = folders.disk().state(file);
            boolean same = known.map(Catalog.Entry::mark)
                    .filter(mark -> mark.size() == state.bytes() && mark.modifiedMillis() == state.modifiedMillis())
                    .filter(mark -> mark.deletedAt().isPresent() == trashed)
                    .isPresent();
            if (!same && (known.isEmpty() || !readOn(known.get(), file, state, trashed))) {
                readAll(id, file, state, trashed);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be read and is left as it is: {}", file, e.toString());
            known.ifPresent(entry -> catalog.put(damaged(entry)));
        }
    }

    private static Catalog.Entry damaged(Catalog.Entry known) {
        return new Catalog.Entry(known.listing().withDamage(true), known.mark());
    }

    /** @return whether the file goes on where the catalog left off */
    private boolean readOn(Catalog.Entry known, Path file, Disk.State state, boolean trashed) throws IOException {
        List<JournalLine> added = new ArrayList<>();
        DamageNote note = new DamageNote(DamageNote.SILENT);
        journals.readFrom(file, known.mark().lastSeq(), added::add, note);
        boolean goesOn = !added.isEmpty() && added.get(0).seq() == known.mark().lastSeq();
        if (!goesOn || hasAnotherOwner(file, known.listing())) {
            return false;
        }
        Reading reading = new Reading(known.listing().id());
        added.subList(1, added.size())
                .forEach(line -> take(
                        reading,
                        known.listing().id(),
                        Optional.of(known.listing().owner()),
                        line));
        Listing listing = known.listing().with(reading.transcript(), note.damaged());
        Optional<Instant> deletedAt = trashed ? Optional.of(deletedAt(file, reading, listing)) : Optional.empty();
        boolean unfinished = known.mark().running() || reading.transcript().unfinished();
        long lastSeq = added.get(added.size() - 1).seq();
        catalog.put(entry(listing, unfinished, state, deletedAt, lastSeq));
        return true;
    }

    private boolean hasAnotherOwner(Path file, Listing known) throws IOException {
        Reading ends = new Reading(known.id());
        journals.readTail(file, newest -> true, ends::line, DamageNote.SILENT);
        return ends.header()
                .filter(header -> !header.owner().equals(known.owner()))
                .isPresent();
    }

    private void readAll(ConversationId id, Path file, Disk.State state, boolean trashed) throws IOException {
        Reading reading = new Reading(id);
        DamageNote note = new DamageNote(DamageNote.SILENT);
        if (catalog.find(id).isPresent()) { // It is older than what is known of it: nothing of that is true.
            catalog.remove(id);
            catalog.flush();
        }
        journals.read(file, line -> take(reading, id, reading.header().map(Header::owner), line), note);
        Optional<Header> header = reading.header();
        if (header.isPresent()) {
            catalog.allTextAdded(id);
            boolean damaged = note.damaged() || reading.transcript().orphans() > 0;
            Listing listing = header.get().listing(reading.transcript(), damaged);
            Optional<Instant> deletedAt = trashed ? Optional.of(deletedAt(file, reading, listing)) : Optional.empty();
            Transcript transcript = reading.transcript();
            catalog.put(entry(listing, transcript.unfinished(), state, deletedAt, transcript.lastSeq()));
        }
    }

    /** When a file was moved to the trash: one of its last lines says so, unless it could not be written to. */
    private Instant deletedAt(Path file, Reading reading, Listing listing) throws IOException {
        Reading end = new Reading(listing.id());
        if (reading.deletedAt().isEmpty()) {
            journals.readBackward(file, Long.MAX_VALUE, line -> {
                end.line(line);
                return end.deletedAt().isEmpty() && !EntryJson.isMessage(line.json());
            });
        }
        return reading.deletedAt().or(end::deletedAt).orElse(listing.lastActivity());
    }

    /** Tells the catalog what was said in a conversation, nothing else. */
    void texts(ConversationId id, Owner owner, Path file) {
        try {
            journals.read(file, line -> take(new Reading(id), id, Optional.of(owner), line), DamageNote.SILENT);
        } catch (IOException e) {
            LOG.warn("{} could not be read and cannot be searched: {}", file, e.toString());
        }
    }

    private void take(Reading reading, ConversationId id, Optional<Owner> owner, JournalLine line) {
        reading.line(line);
        if (owner.isPresent() && EntryJson.read(line.json()) instanceof Message message) {
            catalog.addText(text(owner.get(), id, line.seq(), message));
            catalog.flushIfMuch();
        }
    }

    static Catalog.Text text(Owner owner, ConversationId id, long seq, Message message) {
        return new Catalog.Text(id, owner, seq, message.id(), message.role().wire(), message.text());
    }

    private static Catalog.Entry entry(
            Listing listing, boolean unfinished, Disk.State state, Optional<Instant> deletedAt, long lastSeq) {
        return new Catalog.Entry(
                listing, new Catalog.Mark(state.bytes(), state.modifiedMillis(), lastSeq, unfinished, deletedAt));
    }
}
