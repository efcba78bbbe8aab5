package dev.holdfast.store;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.SavedDraft;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.LineJson;
import dev.holdfast.protect.Sha256;
import dev.holdfast.store.SmallFiles.Checked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people have typed and not sent: {@code people/drafts/<id>.<hash>.json} or, encrypted, {@code ….json.fernet}, a file for
 * each conversation and owner, replaced whole. The hash is of both together, so that names do not tell which drafts are
 * the same person's.
 *
 * <pre>
 *   {"conversation":"01j…","owner":"h:…","saved_at":"2026-11-21T05:31:00.104Z","text":"Dear neighb"}
 * </pre>
 *
 * <p>A draft is worth less than the page that it stands on: one that cannot be read is none, and the log says so.
 * Thread-safe.
 */
public final class Drafts {
    private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);

    private static final int STRIPES = 64;
    private static final int HASH_BYTES = 16;

    private final SmallFiles files;
    private final InstantSource clock;
    /** A conversation always has the same one: its drafts are read and replaced by one thread at a time. */
    private final List<Object> stripes =
            Stream.generate(Object::new).limit(STRIPES).toList();

    /** @param folder that this process alone writes to; made with the first draft */
    Drafts(Disk disk, Path folder, Storage storage, InstantSource clock) {
        this.files = new SmallFiles(disk, folder, storage);
        this.clock = clock;
    }

    private Object stripe(ConversationId id) {
        return stripes.get(Math.floorMod(id.hashCode(), STRIPES));
    }

    /**
     * Keeps a draft in the place of the one before. When this returns, it survives a power cut.
     *
     * @param text without its secrets; blank: none is kept
     * @return when it was kept
     */
    public Instant keep(Owner owner, ConversationId id, String text) throws IOException {
        synchronized (stripe(id)) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            if (text.isBlank()) {
                files.delete(files.forms(file(owner, id)));
            } else {
                files.write(file(owner, id), bytes(owner, id, new SavedDraft(text, now)));
            }
            return now;
        }
    }

    /** What {@code owner} has typed and not sent; empty if there is nothing that can be read. */
    public Optional<SavedDraft> find(Owner owner, ConversationId id) {
        synchronized (stripe(id)) {
            try {
                return newest(owner, id);
            } catch (IOException e) {
                unreadable(file(owner, id), e);
                return Optional.empty();
            }
        }
    }

    /** Removes the draft of what was said, or of how that began: what is typed fast is kept from time to time only. */
    public void sent(Owner owner, ConversationId id, String text) {
        synchronized (stripe(id)) {
            try {
                Optional<SavedDraft> kept = newest(owner, id);
                if (kept.isPresent()
                        && text.strip().startsWith(kept.get().text().strip())) {
                    files.delete(files.forms(file(owner, id)));
                }
            } catch (IOException e) {
                LOG.error("A draft in conversation {} that was sent could not be removed: {}", id, e.toString());
            }
        }
    }

    /** Removes all drafts in a conversation. */
    void forget(ConversationId id) throws IOException {
        synchronized (stripe(id)) {
            files.delete(files.begun(id.value() + "."));
        }
    }

    /** Writes drafts anew that are not as they are to be: encrypted, with the newest key, or in the clear. */
    void renew(Optional<ConversationId> only) throws IOException {
        for (Path file : drafts(only)) {
            synchronized (stripe(conversation(file).orElseThrow())) {
                files.renew(file, Drafts::version);
            }
        }
    }

    /** A change of form may have been cut off between writing the one file and deleting the other: the later counts. */
    private Optional<SavedDraft> newest(Owner owner, ConversationId id) throws IOException {
        List<Path> there = files.forms(file(owner, id));
        List<SavedDraft> drafts = new ArrayList<>();
        for (Path file : there) {
            read(file, owner, id).ifPresent(drafts::add);
        }
        Optional<SavedDraft> newest = drafts.stream().max(Comparator.comparing(SavedDraft::savedAt));
        boolean asItIsToBe = there.size() == 1 && files.inTheFormThatIsSet(there.get(0));
        if (newest.isPresent() && !asItIsToBe) {
            rewrite(file(owner, id), bytes(owner, id, newest.get()));
        }
        return newest;
    }

    /** Whoever reads a draft has it also if the disk takes nothing more. */
    private void rewrite(Path clear, byte[] content) {
        try {
            files.write(clear, content);
        } catch (IOException e) {
            LOG.error("The draft {} stays in the form that it has: {}", clear, e.toString());
        }
    }

    private Optional<SavedDraft> read(Path file, Owner owner, ConversationId id) {
        try {
            Kept kept = parsed(file, files.opened(file, files.read(file)));
            if (kept.conversation().equals(id.value()) && kept.owner().equals(owner.name())) {
                return Optional.of(kept.draft());
            }
            unreadable(file, new JournalException(file, "holds another draft than its name says.", ""));
        } catch (IOException e) {
            unreadable(file, e);
        }
        return Optional.empty();
    }

    /** What a file holds. */
    private record Kept(String conversation, String owner, SavedDraft draft) {}

    private static Kept parsed(Path file, byte[] content) throws JournalException {
        return SmallFiles.parse(
                file,
                content,
                json -> new Kept(
                        json.get("conversation").getAsString(),
                        json.get("owner").getAsString(),
                        new SavedDraft(
                                json.get("text").getAsString(),
                                Instant.parse(json.get("saved_at").getAsString()))),
                "holds no draft that can be read.",
                "Remove it if it is of no use.");
    }

    private static long version(Path file, byte[] content) throws JournalException {
        return parsed(file, content).draft().savedAt().toEpochMilli();
    }

    /** Reads all drafts, or those in one conversation, and changes nothing. */
    void check(Optional<ConversationId> only, Consumer<Checked> each) throws IOException {
        for (Path file : drafts(only)) {
            Optional<Checked> checked;
            synchronized (stripe(conversation(file).orElseThrow())) {
                checked = files.check(file, Drafts::parsed);
            }
            checked.ifPresent(each);
        }
    }

    /** The files of all drafts, or of those in one conversation. */
    private List<Path> drafts(Optional<ConversationId> only) throws IOException {
        return files.list().stream()
                .filter(file -> conversation(file)
                        .filter(id -> only.isEmpty() || only.get().equals(id))
                        .isPresent())
                .toList();
    }

    private static Optional<ConversationId> conversation(Path file) {
        return ConversationId.parse(file.getFileName().toString().split("\\.", 2)[0]);
    }

    private static void unreadable(Path file, IOException reason) {
        LOG.error("The draft {} cannot be read and is passed over: {}", file, reason.toString());
    }

    private static byte[] bytes(Owner owner, ConversationId id, SavedDraft draft) {
        JsonObject json = new JsonObject();
        json.addProperty("conversation", id.value());
        json.addProperty("owner", owner.name());
        json.addProperty("saved_at", draft.savedAt().toString());
        json.addProperty("text", draft.text());
        return LineJson.line(json);
    }

    /** Its file in the clear. */
    private Path file(Owner owner, ConversationId id) {
        return files.file(id.value() + "." + hash(id.value() + " " + owner.name()));
    }

    private static String hash(String text) {
        return Sha256.hex(text).substring(0, 2 * HASH_BYTES);
    }
}
