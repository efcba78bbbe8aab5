package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalog was told since its last commit: first new, then taken to be written, then committed and forgotten.
 * Thread-safe; nothing in it takes long.
 */
final class CatalogChanges {
    /** Texts are written when there are more, about 8 MB: each time makes a part of the index, to be merged later. */
    static final long CROWDED_CHARS = 4_000_000;
    /** Texts are forgotten when there are more that could not be written, about 64 MB: they stand in the files. */
    static final long MOST_CHARS = 32_000_000;
    /** Conversations are written when more have changed. */
    static final int CROWDED_ENTRIES = 10_000;

    /** What a conversation has become. @param entry empty if it was removed */
    record Change(Optional<Entry> entry) {}

    /** What is to be written, the texts before the entries: a removal ends the texts that were added before it. */
    record Batch(Map<ConversationId, Change> entries, List<Text> texts) {}

    private Map<ConversationId, Change> fresh = new HashMap<>();
    private List<Text> freshTexts = new ArrayList<>();
    private final Map<ConversationId, Change> taken = new HashMap<>();
    private final List<Text> takenTexts = new ArrayList<>();
    /** Conversations some of whose texts were forgotten: no mark may count these. */
    private final Set<ConversationId> forgotten = new HashSet<>();

    private long chars;

    synchronized void put(Entry entry) {
        ConversationId id = entry.listing().id();
        fresh.put(id, new Change(Optional.of(forgotten.contains(id) ? unread(entry) : entry)));
    }

    private static Entry unread(Entry entry) {
        return new Entry(entry.listing(), entry.mark().unread());
    }

    synchronized void remove(ConversationId id) {
        forgotten.remove(id);
        fresh.put(id, new Change(Optional.empty()));
    }

    synchronized void add(Text text) {
        freshTexts.add(text);
        chars += text.text().length();
        if (chars > MOST_CHARS) {
            forgetTexts();
        }
    }

    /** Those that are being written at this moment stay. */
    private void forgetTexts() {
        for (Text text : freshTexts) {
            chars -= text.text().length();
            forgotten.add(text.conversation());
            fresh.computeIfPresent(
                    text.conversation(),
                    (id, change) -> new Change(change.entry().map(CatalogChanges::unread)));
        }
        freshTexts = new ArrayList<>();
    }

    synchronized boolean crowded() {
        return chars > CROWDED_CHARS || fresh.size() + taken.size() > CROWDED_ENTRIES;
    }

    synchronized boolean isEmpty() {
        return fresh.isEmpty() && freshTexts.isEmpty() && taken.isEmpty() && takenTexts.isEmpty();
    }

    synchronized int size() {
        return fresh.size() + taken.size();
    }

    synchronized Optional<Change> find(ConversationId id) {
        return Optional.ofNullable(fresh.getOrDefault(id, taken.get(id)));
    }

    /** Changes of the conversations of {@code owner} and of those granted, and all removals. */
    synchronized Map<ConversationId, Change> of(Owner owner, Set<ConversationId> granted) {
        Map<ConversationId, Change> changed = all();
        changed.entrySet()
                .removeIf(change -> change.getValue().entry().isPresent()
                        && !granted.contains(change.getKey())
                        && !change.getValue().entry().get().listing().owner().equals(owner));
        return changed;
    }

    synchronized Map<ConversationId, Change> all() {
        Map<ConversationId, Change> changed = new HashMap<>(taken);
        changed.putAll(fresh);
        return changed;
    }

    /** What is new. As one step: a mark is never taken without the texts that were added before it. */
    synchronized Batch take() {
        Batch batch = new Batch(fresh, freshTexts);
        taken.putAll(fresh);
        takenTexts.addAll(freshTexts);
        fresh = new HashMap<>();
        freshTexts = new ArrayList<>();
        return batch;
    }

    /** What was taken is on disk. */
    synchronized void committed() {
        takenTexts.forEach(text -> chars -= text.text().length());
        taken.clear();
        takenTexts.clear();
    }

    /** What was taken is perhaps not on disk: it is new again. */
    synchronized void rewind() {
        fresh = all();
        taken.clear();
        takenTexts.addAll(freshTexts);
        freshTexts = new ArrayList<>(takenTexts);
        takenTexts.clear();
    }
}
