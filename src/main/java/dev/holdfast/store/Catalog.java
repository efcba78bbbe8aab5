package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.LineCodec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which conversations there are, whose, and what was said in them: lists them and searches them. Derived: everything in
 * it can be read from the conversations' files again, so an index that is damaged, missing or of another version is
 * begun anew, and {@link #rebuilt} says so.
 *
 * <pre>
 *   put, addText, remove ──► CatalogChanges ──── flush ────► CatalogIndex
 *   any thread, at once      since the last commit           Lucene, on disk
 *                                  │                               │
 *   find, list ◄───────────────────┴──────── merged ───────────────┤
 *   search     ◄──────────────────── after writing what is new ────┘
 * </pre>
 *
 * <p>What was put is found from then on. It is on disk after the next {@link #flush}, which whoever opened the catalog
 * calls every few seconds; a crash before that leaves the marks of the time before, together with the texts of the time
 * before, so a conversation's mark differs from its file and whoever compares them brings it in again. To keep it so, add
 * the texts of lines first and put the mark that counts them after. Nor does it remember much text that it cannot write:
 * then it forgets that, and marks the conversations as {@linkplain Mark#unread unread}.
 *
 * <p>An {@linkplain LineCodec encrypted} catalog has ids, marks and times of activity on disk in the clear and
 * everything else about a conversation sealed. Texts are in memory only, at most 64 million
 * characters of them: when there are more, those of the conversations longest without activity are forgotten. See
 * {@link #textIndexed}.
 *
 * <p>Thread-safe. Opening does no work on the caller's thread, and questions wait until it is done. A conversation that is
 * given to another owner is removed first; its channel key never changes.
 */
final class Catalog implements AutoCloseable {
    /** What is known of one conversation. */
    record Entry(Listing listing, Mark mark) {
        boolean trashed() {
            return mark.deletedAt().isPresent();
        }

        Position position() {
            return new Position(listing.lastActivity(), listing.id());
        }
    }

    /**
     * The state of a conversation's file when it was last looked at: tells whether it changed since.
     *
     * @param size bytes
     * @param modifiedMillis when the file was last written, since 1970
     * @param lastSeq the lines up to here are indexed
     * @param running whether something that was said waited for its answer; rather too often than too rarely
     * @param deletedAt since when it is in the trash
     */
    record Mark(long size, long modifiedMillis, long lastSeq, boolean running, Optional<Instant> deletedAt) {
        /** The mark of a file of which no line is indexed, so that the next start reads all of it. */
        Mark unread() {
            return new Mark(-1, 0, 0, running, deletedAt);
        }
    }

    /**
     * What one message says.
     *
     * @param seq number of its line; adding a text for a line again replaces it
     * @param role who says it, as the file spells it
     */
    record Text(ConversationId conversation, Owner owner, long seq, String messageId, String role, String text) {}

    /** A place in a list: the most recently active come first, among equals the greatest id. */
    record Position(Instant lastActivity, ConversationId id) implements Comparable<Position> {
        private static final Comparator<Position> ORDER =
                Comparator.comparing(Position::lastActivity).thenComparing(Position::id);

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(other, this);
        }
    }

    /** Part of a list. @param next after which position to go on, if there is more */
    record Page(List<Entry> entries, Optional<Position> next) {}

    /**
     * Something found.
     *
     * @param messageId where; empty if it is the title
     * @param role who said it; empty if it is the title
     * @param snippet the surroundings, in reading order
     */
    record Hit(Listing listing, Optional<String> messageId, Optional<String> role, List<Piece> snippet) {}

    /** A piece of text as it was written, to be escaped. @param matched whether it is what was searched for */
    record Piece(String text, boolean matched) {}

    /** How it is doing. @param unwritten what was put and is not on disk yet */
    record Health(long conversations, int unwritten, boolean rebuilt) {}

    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    private final CatalogChanges changes = new CatalogChanges();
    private final Executor background;
    /** Whether there was no index: until something is written there is nothing to ask Lucene, and it is not loaded. */
    private final boolean missing;
    /** Whether it outlives the process; else there is no hurry to write. */
    private final boolean durable;

    private final FutureTask<CatalogOpening.Opened> opening;
    private final AtomicBoolean flushAsked = new AtomicBoolean();
    private final Object writing = new Object();
    private volatile boolean failing;
    private boolean closed;

    private Catalog(boolean missing, boolean durable, FutureTask<CatalogOpening.Opened> opening, Executor background) {
        this.missing = missing;
        this.durable = durable;
        this.opening = opening;
        this.background = background;
    }

    /**
     * Opens the index in {@code folder}, in the background. Never fails: if nothing can be written there, the catalog is
     * in memory only.
     *
     * @param codec seals what is written, if there is one
     * @param background where it is opened, by as many of its threads as there are processors if it is encrypted, and
     *     written when there is much to write
     */
    static Catalog open(Disk disk, Path folder, Optional<LineCodec> codec, Executor background) {
        boolean missing = !exists(disk, folder);
        FutureTask<CatalogOpening.Opened> opening =
                new FutureTask<>(() -> CatalogOpening.open(disk, folder, codec, background));
        if (!missing) {
            background.execute(opening);
        }
        return new Catalog(missing, true, opening, background);
    }

    /** A catalog that is gone when it is closed. */
    static Catalog inMemory(Executor background) {
        return new Catalog(true, false, new FutureTask<>(CatalogOpening::inMemory), background);
    }

    private static boolean exists(Disk disk, Path folder) {
        try {
            return disk.exists(folder);
        } catch (IOException e) {
            return true; // and opening it will say what is wrong
        }
    }

    /** Whether the index was begun anew when it was opened, so that everything is to be brought in. */
    boolean rebuilt() {
        return missing || opened().rebuilt();
    }

    /** Never blocks. Count in the mark only lines whose texts were added before. */
    void put(Entry entry) {
        changes.put(entry);
        flushIfCrowded();
    }

    /** For search. Never blocks; whoever adds the texts of many conversations calls {@link #flushIfMuch} between. */
    void addText(Text text) {
        changes.add(text);
        flushIfCrowded();
    }

    /** Forgets the conversation and its texts. Never blocks. */
    void remove(ConversationId id) {
        changes.remove(id);
        flushIfCrowded();
    }

    /** Writes what is new if there is much of it, so that whoever calls this does not run ahead of the disk. */
    void flushIfMuch() {
        if (crowded()) {
            flush();
        }
    }

    /** After a failure only the flush every few seconds tries again. */
    private boolean crowded() {
        return changes.crowded() && !failing;
    }

    private void flushIfCrowded() {
        if (crowded() && flushAsked.compareAndSet(false, true)) {
            try {
                background.execute(() -> {
                    flushAsked.set(false);
                    flush();
                });
            } catch (RejectedExecutionException e) {
                // The program ends; close() writes.
            }
        }
    }

    Optional<Entry> find(ConversationId id) {
        Optional<CatalogChanges.Change> change = changes.find(id);
        return change.isPresent() ? change.get().entry() : ask(Optional.empty(), view -> view.find(id));
    }

    /** The most recently active conversation of {@code owner} with that channel key which is not in the trash. */
    Optional<ConversationId> find(Owner owner, String channelKey) {
        Map<ConversationId, CatalogChanges.Change> changed = changes.of(owner, Set.of());
        List<Entry> found =
                new ArrayList<>(ask(List.of(), view -> view.ofChannel(owner, channelKey, changed.keySet())));
        entries(changed).forEach(found::add);
        return found.stream()
                .filter(entry -> !entry.trashed())
                .filter(entry -> entry.listing().channelKey().equals(channelKey))
                .map(Entry::position)
                .sorted()
                .findFirst()
                .map(Position::id);
    }

    /**
     * Those of {@code owner}, and the others named, the most recently active first. One in which nothing was said yet is
     * in no list.
     *
     * @param trashed whether those in the trash are wanted, or those that are not
     * @param after from which place on, itself excluded; empty for the beginning
     */
    Page list(
            Owner owner, Collection<ConversationId> alsoGranted, boolean trashed, Optional<Position> after, int limit) {
        Set<ConversationId> granted = Set.copyOf(alsoGranted);
        Map<ConversationId, CatalogChanges.Change> changed = changes.of(owner, granted);
        CatalogLists.Wanted wanted = new CatalogLists.Wanted(owner, granted, trashed, changed.keySet());
        List<Entry> found = new ArrayList<>(ask(List.of(), view -> view.page(wanted, after, limit + 1)));
        entries(changed).stream()
                .filter(entry -> entry.trashed() == trashed)
                .filter(entry -> trashed || !entry.listing().title().isEmpty())
                .filter(entry -> after.isEmpty() || entry.position().compareTo(after.get()) > 0)
                .forEach(found::add);
        found.sort(Comparator.comparing(Entry::position));
        boolean more = found.size() > limit;
        List<Entry> page = List.copyOf(more ? found.subList(0, limit) : found);
        return new Page(
                page, more && limit > 0 ? Optional.of(page.get(limit - 1).position()) : Optional.empty());
    }

    private static List<Entry> entries(Map<ConversationId, CatalogChanges.Change> changed) {
        return changed.values().stream()
                .flatMap(change -> change.entry().stream())
                .toList();
    }

    /**
     * Where all words of {@code query} stand together, in a title or a message, best first; the last word may be
     * unfinished. Case and accents do not matter. What lies in the trash is not searched. No more than a few hits are of
     * one conversation.
     *
     * @param query what a person typed: words, nothing in it is an operator
     */
    List<Hit> search(Owner owner, Collection<ConversationId> alsoGranted, String query, int limit) {
        write(false);
        CatalogSearch search = new CatalogSearch(owner, Set.copyOf(alsoGranted), query, limit, this::find);
        return answer(List.of(), index -> index.search(search::hits));
    }

    /** Every conversation's mark, in no order. */
    void eachMark(BiConsumer<ConversationId, Mark> action) {
        Map<ConversationId, CatalogChanges.Change> changed = changes.all();
        ask(true, view -> {
            view.eachMark((id, mark) -> {
                if (!changed.containsKey(id)) {
                    action.accept(id, mark);
                }
            });
            return true;
        });
        entries(changed).forEach(entry -> action.accept(entry.listing().id(), entry.mark()));
    }

    /**
     * Whether the texts of the lines that its mark counts can be searched. Not so after the start of an encrypted
     * catalog: then they are to be added again, those of the most recently active conversations first, and
     * {@link #allTextAdded} to be called for each.
     */
    boolean textIndexed(ConversationId id) {
        return untouched() || index().textIndexed(id);
    }

    /** Says that all texts of a conversation were added. */
    void allTextAdded(ConversationId id) {
        if (!untouched()) {
            index().allTextAdded(id);
        }
    }

    Health health() {
        write(false);
        return new Health(ask(0L, CatalogLists::count), changes.size(), rebuilt());
    }

    /** Writes what is new to disk. If that fails it stays in memory, and the next call tries again. */
    void flush() {
        if (durable || changes.crowded()) {
            write(true);
        }
    }

    /** Forgets everything. */
    void clear() {
        eachMark((id, mark) -> remove(id));
        write(true);
    }

    /** @param commit whether it must be on disk afterwards, not only be found */
    private void write(boolean commit) {
        synchronized (writing) {
            if (closed || changes.isEmpty()) {
                return;
            }
            CatalogIndex index = index();
            try {
                if (failing) {
                    index.reopen();
                }
                index.write(changes.take());
                if (commit) {
                    index.commit();
                    changes.committed();
                }
                failing = false;
            } catch (IOException | RuntimeException e) {
                changes.rewind();
                failed(e);
            }
        }
    }

    /** Told once, not every few seconds. */
    private void failed(Exception e) {
        if (!failing) {
            LOG.error(
                    "The index of conversations could not be written; it is kept in memory meanwhile, and of what is said as"
                            + " much as there is room for: {}",
                    e.toString());
        }
        failing = true;
    }

    private <T> T ask(T ofNothing, CatalogIndex.Question<CatalogLists, T> question) {
        return answer(ofNothing, index -> index.ask(question));
    }

    private <T> T answer(T ofNothing, CatalogIndex.Question<CatalogIndex, T> question) {
        if (untouched()) {
            return ofNothing;
        }
        try {
            return question.ask(index());
        } catch (IOException e) {
            throw new UncheckedIOException("The index of conversations could not be read; restart to rebuild it", e);
        }
    }

    /** Whether there is nothing but what stands in the changes. */
    private boolean untouched() {
        return missing && !opening.isDone();
    }

    private CatalogIndex index() {
        return opened().index();
    }

    /** Waits until it is open. Opens it here if the background has not come to it. */
    private CatalogOpening.Opened opened() {
        opening.run();
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The index of conversations could not be opened", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while the index is being opened"));
        }
    }

    /** Writes what is new to disk and lets go of it. What is put later is lost; nothing may be asked any more. */
    @Override
    public void close() {
        flush();
        synchronized (writing) {
            boolean open = !closed && !untouched();
            closed = true;
            if (!open) {
                return;
            }
            try {
                index().close();
            } catch (IOException | RuntimeException e) {
                LOG.warn("The index of conversations was not closed as it should: {}", e.toString());
            }
        }
    }
}
