package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.DamageReporter;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversations as files: {@code conversations/xy/<id>.jsonl}, where {@code xy} are the last two characters of the id
 * (random, so the folders fill evenly).
 *
 * <p>After a start a sweep in the background reads the files once, for the catalog; questions to the catalog wait for it,
 * a conversation can be opened before.
 */
public final class FileConversationStore implements ConversationStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileConversationStore.class);
    private static final String ENDING = ".jsonl";
    private static final int STRIPES = 256;

    private final Disk disk;
    private final Path conversations;
    private final Path quarantine;
    private final Executor io;
    private final Clock clock;
    private final RandomGenerator random;
    private final DamageReporter reporter;
    private final Catalog catalog = new Catalog();
    private final Map<ConversationId, FileConversation> open = new ConcurrentHashMap<>();
    private final Object[] stripes = new Object[STRIPES];
    private final CompletableFuture<Void> swept;

    /**
     * @param folder the data folder; this process holds its lock
     * @param io where files are written
     * @param sweeper where the sweep after the start runs, once
     */
    public FileConversationStore(
            Disk disk,
            Path folder,
            Executor io,
            Executor sweeper,
            Clock clock,
            RandomGenerator random,
            DamageReporter reporter) {
        this.disk = disk;
        this.conversations = folder.resolve("conversations");
        this.quarantine = folder.resolve("quarantine");
        this.io = io;
        this.clock = clock;
        this.random = random;
        this.reporter = reporter;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
        swept = CompletableFuture.runAsync(this::sweep, sweeper);
    }

    private Object stripe(ConversationId id) {
        return stripes[Math.floorMod(id.hashCode(), STRIPES)];
    }

    private Path folder(ConversationId id) {
        return conversations.resolve(id.value().substring(ConversationId.LENGTH - 2));
    }

    private Path file(ConversationId id) {
        return folder(id).resolve(id.value() + ENDING);
    }

    @Override
    public StoredConversation create(Owner owner, String channelKey) throws IOException {
        ConversationId id = ConversationId.create(clock.instant(), random);
        Header header = new Header(id, owner, channelKey, clock.instant());
        synchronized (stripe(id)) {
            disk.createFolders(folder(id));
            Journal journal = Journal.create(disk, file(id), io, header.write());
            FileConversation created = new FileConversation(header, new Transcript(), journal, false, this::changed);
            open.put(id, created);
            catalog.put(created.listing());
            return created;
        }
    }

    private void changed(FileConversation conversation) {
        catalog.put(conversation.listing());
    }

    @Override
    public Optional<StoredConversation> open(ConversationId id) throws IOException {
        synchronized (stripe(id)) {
            FileConversation already = open.get(id);
            if (already != null) {
                return Optional.of(already);
            }
            if (!disk.exists(file(id))) {
                return Optional.empty();
            }
            FileConversation opened = read(id);
            settle(opened);
            open.put(id, opened);
            catalog.put(opened.listing());
            return Optional.of(opened);
        }
    }

    private FileConversation read(ConversationId id) throws IOException {
        Reading reading = new Reading(id);
        DamageNote note = new DamageNote(reporter);
        Journal journal = Journal.open(disk, file(id), quarantine, io, reading::line, note);
        if (reading.header == null) {
            journal.close();
            throw new IOException(file(id) + ": its first line does not say whose conversation it is");
        }
        boolean damaged = note.damaged() || reading.transcript.orphans() > 0;
        return new FileConversation(reading.header, reading.transcript, journal, damaged, this::changed);
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

    /** What a pass over a file's lines finds. */
    private static final class Reading {
        private final ConversationId id;
        private final Transcript transcript = new Transcript();
        private Header header;

        Reading(ConversationId id) {
            this.id = id;
        }

        void line(JournalLine line) {
            Entry entry = EntryJson.read(line.json());
            if (header == null && entry instanceof Entry.Unknown) {
                header = Header.read(id, line.json()).orElse(null);
            }
            transcript.apply(line.seq(), entry);
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
    private static void close(FileConversation closing) {
        try {
            closing.close();
        } catch (IOException e) {
            LOG.warn("Conversation {} was not closed as it should: {}", closing.id(), e.toString());
        }
    }

    @Override
    public Optional<Listing> find(ConversationId id) {
        return catalog.find(id).or(() -> {
            swept.join();
            return catalog.find(id);
        });
    }

    @Override
    public List<Listing> list(Owner owner) {
        swept.join();
        return catalog.list(owner);
    }

    @Override
    public Optional<ConversationId> find(Owner owner, String channelKey) {
        swept.join();
        return catalog.find(owner, channelKey);
    }

    private void sweep() {
        for (Path folder : listed(conversations)) {
            for (Path file : listed(folder)) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDING)) {
                    ConversationId.parse(name.substring(0, name.length() - ENDING.length()))
                            .ifPresent(id -> sweep(id, file));
                }
            }
        }
    }

    /** What cannot be listed, a stray file perhaps, hides nothing else. */
    private List<Path> listed(Path folder) {
        try {
            return disk.list(folder);
        } catch (IOException e) {
            LOG.error("{} could not be listed and is passed over: {}", folder, e.toString());
            return List.of();
        }
    }

    private void sweep(ConversationId id, Path file) {
        Reading reading = new Reading(id);
        DamageNote note = new DamageNote(DamageNote.SILENT);
        try {
            Journal.read(disk, file, reading::line, note);
        } catch (IOException e) {
            LOG.warn("{} could not be read and is left as it is: {}", file, e.toString());
            note.unreadable();
        }
        if (reading.header != null) {
            catalog.putIfAbsent(reading.header.listing(reading.transcript, note.damaged()));
        }
    }

    @Override
    public void close() {
        swept.join();
        for (ConversationId id : List.copyOf(open.keySet())) {
            release(id);
        }
    }
}
