package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.SearchHit;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.DamageReporter;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.journal.Rewriting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversations as files; see {@link ConversationFolders} for where and {@link Storage} for how.
 *
 * <p>A start reads none of them. What a list shows is in the {@link Catalog}; in the background a {@link Sweep} looks which
 * files have changed since that was last written, and reads those.
 */
public final class FileConversationStore implements ConversationStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileConversationStore.class);
    private static final int STRIPES = 256;

    private final Disk disk;
    private final ConversationFolders folders;
    private final Storage storage;
    private final Journals journals;
    private final ConversationReader reader;
    private final Clock clock;
    private final RandomGenerator random;
    private final Drafts drafts;
    private final Catalog catalog;
    private final Executor background;
    private final Sweep sweep;
    private final Map<ConversationId, FileConversation> open = new ConcurrentHashMap<>();
    private final Object[] stripes = new Object[STRIPES];

    /**
     * A store whose list is kept in memory, and built anew from the files at each start.
     *
     * @param folder the data folder; this process holds its lock
     * @param io where files are written; its threads are never interrupted
     * @param background where the catalog is opened and kept, and the sweep after the start runs
     */
    public FileConversationStore(
            Disk disk,
            Path folder,
            Storage storage,
            Executor io,
            Executor background,
            Clock clock,
            RandomGenerator random,
            DamageReporter reporter) {
        this(disk, folder, storage, io, background, clock, random, reporter, Catalog.inMemory(background));
    }

    /**
     * A store whose list is kept in {@code index/}, so that a start reads only what has changed; {@link #writeIndex} is to
     * be called every few seconds. The disk is a real one.
     */
    public static FileConversationStore withIndex(
            Disk disk,
            Path folder,
            Storage storage,
            Executor io,
            Executor background,
            Clock clock,
            RandomGenerator random,
            DamageReporter reporter) {
        Optional<LineCodec> codec = storage.encrypts() ? Optional.ofNullable(storage.codec()) : Optional.empty();
        Catalog catalog = Catalog.open(disk, folder.resolve("index"), codec, background);
        return new FileConversationStore(disk, folder, storage, io, background, clock, random, reporter, catalog);
    }

    private FileConversationStore(
            Disk disk,
            Path folder,
            Storage storage,
            Executor io,
            Executor background,
            Clock clock,
            RandomGenerator random,
            DamageReporter reporter,
            Catalog catalog) {
        this.disk = disk;
        this.folders = new ConversationFolders(disk, folder);
        this.storage = storage;
        this.journals = new Journals(disk, folders.quarantine(), io, storage.codec());
        this.reader = new ConversationReader(journals, storage, io, reporter);
        this.clock = clock;
        this.random = random;
        this.drafts = new Drafts(disk, folders.drafts(), storage, clock);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
        this.catalog = catalog;
        this.background = background;
        sweep = new Sweep(folders, journals, catalog, this::unlessOpen);
        sweep.begin(background);
    }

    private Object stripe(ConversationId id) {
        return stripes[Math.floorMod(id.hashCode(), STRIPES)];
    }

    @Override
    public StoredConversation create(Owner owner, String channelKey) throws IOException {
        ConversationId id = ConversationId.create(clock.instant(), random);
        Header header = new Header(id, owner, channelKey, clock.instant());
        synchronized (stripe(id)) {
            disk.createFolders(folders.of(id));
            Path file = storage.whenNew(true).file(folders.of(id), id.value());
            Journal journal = journals.create(file, header.write());
            FileConversation created = opened(header, new Reading(id), false, journal);
            open.put(id, created);
            catalog.put(inUse(created));
            return created;
        }
    }

    private void unlessOpen(ConversationId id, Runnable action) {
        synchronized (stripe(id)) {
            if (!open.containsKey(id)) {
                action.run();
            }
        }
    }

    /** Of a conversation that is open it is not known how large its file will be: after a crash it is looked at. */
    private static Catalog.Entry inUse(FileConversation conversation) {
        return new Catalog.Entry(
                conversation.listing(),
                new Catalog.Mark(
                        -1,
                        0,
                        conversation.locked(Transcript::lastSeq),
                        conversation.locked(Transcript::unfinished),
                        Optional.empty()));
    }

    private FileConversation opened(Header header, Reading reading, boolean damaged, Journal journal) {
        return new FileConversation(header, reading, damaged, journal, reader, clock, this::appended);
    }

    private void appended(FileConversation conversation, long seq, Entry entry) {
        if (entry instanceof Message message) {
            catalog.addText(Sweep.text(conversation.owner(), conversation.id(), seq, message));
        }
        if (!(entry instanceof Entry.Delta)) {
            catalog.put(inUse(conversation));
        }
    }

    @Override
    public Optional<StoredConversation> open(ConversationId id) throws IOException {
        synchronized (stripe(id)) {
            FileConversation already = open.get(id);
            if (already != null) {
                return Optional.of(already);
            }
            Optional<Path> file = journals.find(folders.of(id), id.value());
            if (file.isEmpty()) {
                return Optional.empty();
            }
            Path inForm = storage.inForm(journals, file.get(), reader.reporter());
            if (catalog.find(id).isEmpty()) {
                sweep.refresh(id, inForm, false);
            }
            FileConversation opened = read(id, inForm);
            settle(opened);
            open.put(id, opened);
            if (opened.damaged()) {
                catalog.put(inUse(opened));
            }
            return Optional.of(opened);
        }
    }

    private FileConversation read(ConversationId id, Path file) throws IOException {
        ConversationReader.Opened opened = reader.open(id, file);
        Optional<Header> header = opened.found().reading().header();
        if (header.isEmpty()) {
            IOException reason = unreadable(file, opened.journal());
            opened.journal().close();
            throw reason;
        }
        boolean known = catalog.find(id).map(entry -> entry.listing().damaged()).orElse(false);
        boolean damaged = opened.found().damaged() || known;
        return opened(header.get(), opened.found().reading(), damaged, opened.journal());
    }

    private static IOException unreadable(Path file, Journal journal) {
        return journal.lastSeq() < 0 && journal.refusal().isPresent()
                ? journal.refusal().get()
                : new IOException(file + ": its first line does not say whose conversation it is");
    }

    /** Closes a reply that a crash cut off, so that everything behind it finds a finished turn. */
    private void settle(FileConversation opened) throws IOException {
        Optional<OpenReply> cut = opened.locked(Transcript::openReply);
        if (cut.isEmpty()) {
            return;
        }
        Message closing = Message.reply(
                cut.get().start(), cut.get().content(), clock.instant(), Usage.NONE, Stop.INTERRUPTED, null);
        try {
            opened.append(closing).join();
        } catch (CompletionException e) {
            opened.close();
            throw new IOException("The interrupted reply of " + opened.id() + " could not be closed", e.getCause());
        }
    }

    @Override
    public void release(ConversationId id) {
        synchronized (stripe(id)) {
            FileConversation closing = open.remove(id);
            if (closing != null) {
                close(closing);
            }
        }
    }

    /** What was acknowledged is forced already, so a failure here loses nothing. */
    private void close(FileConversation closing) {
        try {
            closing.close();
            sweep.refresh(closing.id(), closing.journal().file(), false);
        } catch (IOException e) {
            LOG.warn("Conversation {} was not closed as it should: {}", closing.id(), e.toString());
        }
    }

    @Override
    public void delete(ConversationId id) throws IOException {
        synchronized (stripe(id)) {
            note(id, new Entry.Deleted(clock.instant()));
            release(id);
            Optional<Path> file = journals.find(folders.of(id), id.value());
            if (file.isPresent()) {
                sweep.refresh(id, folders.move(file.get(), folders.trash()), true);
            }
        }
    }

    @Override
    public void restore(ConversationId id) throws IOException {
        synchronized (stripe(id)) {
            Optional<Path> file = journals.find(folders.trash(), id.value());
            if (file.isEmpty()) {
                return;
            }
            sweep.refresh(id, folders.move(file.get(), folders.of(id)), false);
            note(id, new Entry.Restored(clock.instant()));
            release(id);
        }
    }

    @Override
    public void give(ConversationId id, Owner to) throws IOException {
        Rewriting given = storage.atRest().beginning(first -> Header.given(first, to));
        synchronized (stripe(id)) {
            release(id);
            whileClosed(id, file -> {
                Path written = journals.rewrite(file, given, reader.reporter());
                catalog.remove(id); // The file may be as long as before, and of the same moment.
                catalog.flush();
                return written;
            });
        }
    }

    /** Says so in the file, if that can be written to: one that is damaged or another program's can be moved all the same. */
    private void note(ConversationId id, Entry entry) {
        try {
            Optional<StoredConversation> conversation = open(id);
            if (conversation.isPresent()) {
                conversation.get().append(entry).join();
            }
        } catch (IOException | CompletionException e) {
            LOG.warn("The file of conversation {} does not say that it was moved: {}", id, e.toString());
        }
    }

    /**
     * Does something to the file of a conversation, be it open or not or in the trash, while nobody writes to it. Does
     * nothing if there is none.
     */
    void whileClosed(ConversationId id, Journals.Work work) throws IOException {
        Optional<FileConversation> conversation;
        synchronized (stripe(id)) {
            conversation = Optional.ofNullable(open.get(id));
            if (conversation.isEmpty()) {
                Optional<Path> kept = journals.find(folders.of(id), id.value());
                Optional<Path> file = kept.isPresent() ? kept : journals.find(folders.trash(), id.value());
                if (file.isPresent()) {
                    sweep.refresh(id, work.on(file.get()), kept.isEmpty());
                }
                return;
            }
        }
        try {
            journals.whileClosed(conversation.get().journal(), work, reader.reporter())
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    /** Tells the list whether a check of the whole file found damage. */
    void noteDamage(ConversationId id, boolean damaged) {
        catalog.find(id)
                .filter(entry -> entry.listing().damaged() != damaged)
                .ifPresent(
                        entry -> catalog.put(new Catalog.Entry(entry.listing().withDamage(damaged), entry.mark())));
    }

    Optional<Instant> deletedAt(ConversationId id) {
        return entry(id).flatMap(entry -> entry.mark().deletedAt());
    }

    /** Makes the catalog anew. @return how many conversations there are */
    long reindex() {
        catalog.clear();
        open.values().forEach(this::reindex);
        sweep.pass();
        sweep.texts();
        return catalog.health().conversations();
    }

    /** Writes to disk what the list has learned. After a crash, what was not written is read from the files again. */
    public void writeIndex() {
        catalog.flush();
    }

    private void reindex(FileConversation conversation) {
        conversation.locked(transcript -> {
            catalog.put(inUse(conversation));
            return null;
        });
        sweep.texts(
                conversation.id(), conversation.owner(), conversation.journal().file());
    }

    /** What the catalog keeps is sealed with another key from now on. */
    void keysChanged() {
        reindex();
    }

    /** Of a conversation that is no more. */
    void forget(ConversationId id) {
        catalog.remove(id);
        catalog.flush();
    }

    /** @param moves how conversations are moved while people may be using them */
    public Maintenance maintenance(
            Access access, Outbox outbox, SignIns signIns, Spending spending, Maintenance.Moves moves) {
        return new FileMaintenance(this, folders, storage, reader, access, outbox, signIns, spending, moves);
    }

    @Override
    public Optional<Listing> find(ConversationId id) {
        return entry(id).filter(entry -> entry.mark().deletedAt().isEmpty()).map(Catalog.Entry::listing);
    }

    @Override
    public Optional<Listing> findInTrash(ConversationId id) {
        return entry(id).filter(entry -> entry.mark().deletedAt().isPresent()).map(Catalog.Entry::listing);
    }

    /** The sweep may still be under way: then one that is not known yet is looked for. */
    private Optional<Catalog.Entry> entry(ConversationId id) {
        return catalog.find(id).or(() -> {
            lookAt(id);
            return catalog.find(id);
        });
    }

    private void lookAt(ConversationId id) {
        unlessOpen(id, () -> {
            try {
                Optional<Path> kept = journals.find(folders.of(id), id.value());
                Optional<Path> trashed =
                        kept.isPresent() ? Optional.empty() : journals.find(folders.trash(), id.value());
                kept.or(() -> trashed).ifPresent(file -> sweep.refresh(id, file, kept.isEmpty()));
            } catch (IOException e) {
                LOG.error("Conversation {} could not be looked for: {}", id, e.toString());
            }
        });
    }

    @Override
    public List<Listing> list(Owner owner, Collection<ConversationId> granted, Optional<Listing> after, int limit) {
        sweep.join();
        return listed(owner, granted, false, after, limit);
    }

    @Override
    public long count() {
        return catalog.health().conversations();
    }

    @Override
    public List<Listing> trash(Owner owner, int limit) {
        sweep.join();
        return listed(owner, List.of(), true, Optional.empty(), limit);
    }

    private List<Listing> listed(
            Owner owner, Collection<ConversationId> granted, boolean trashed, Optional<Listing> after, int limit) {
        Optional<Catalog.Position> place = after.map(last -> new Catalog.Position(last.lastActivity(), last.id()));
        return catalog.list(owner, granted, trashed, place, limit).entries().stream()
                .map(Catalog.Entry::listing)
                .toList();
    }

    @Override
    public List<SearchHit> search(Owner owner, Collection<ConversationId> granted, String query, int limit) {
        sweep.join();
        return catalog.search(owner, granted, query, limit).stream()
                .map(hit -> new SearchHit(
                        hit.listing(),
                        hit.messageId(),
                        hit.snippet().stream()
                                .map(piece -> new SearchHit.Piece(piece.text(), piece.matched()))
                                .toList()))
                .toList();
    }

    @Override
    public Optional<ConversationId> find(Owner owner, String channelKey) {
        sweep.join();
        return catalog.find(owner, channelKey);
    }

    @Override
    public void findUnfinished(Consumer<ConversationId> each) {
        sweep.then(() -> unfinished().forEach(each), background);
    }

    private List<ConversationId> unfinished() {
        List<ConversationId> unfinished = new ArrayList<>();
        catalog.eachMark((id, mark) -> {
            if (mark.running() && mark.deletedAt().isEmpty()) {
                unfinished.add(id);
            }
        });
        return unfinished;
    }

    @Override
    public Drafts drafts() {
        return drafts;
    }

    @Override
    public void close() {
        sweep.end();
        for (ConversationId id : List.copyOf(open.keySet())) {
            release(id);
        }
        catalog.close();
    }
}
