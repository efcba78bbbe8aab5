package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Mark;
import dev.holdfast.store.Catalog.Position;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/** Conversations as they were when a sealed index was opened; looks through all of them for each list. Immutable. */
final class UnsealedEntries implements CatalogLists {
    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(Entry::position);

    private final Map<ConversationId, Entry> entries;

    UnsealedEntries(List<Entry> entries) {
        this.entries = new HashMap<>(2 * entries.size());
        entries.forEach(entry -> this.entries.put(entry.listing().id(), entry));
    }

    Collection<Entry> all() {
        return entries.values();
    }

    @Override
    public Optional<Entry> find(ConversationId id) {
        return Optional.ofNullable(entries.get(id));
    }

    @Override
    public List<Entry> ofChannel(Owner owner, String channelKey, Collection<ConversationId> but) {
        return entries.values().stream()
                .filter(entry -> entry.listing().channelKey().equals(channelKey)
                        && entry.listing().owner().equals(owner)
                        && !entry.trashed()
                        && !but.contains(entry.listing().id()))
                .toList();
    }

    @Override
    public List<Entry> page(Wanted wanted, Optional<Position> after, int limit) {
        PriorityQueue<Entry> page = new PriorityQueue<>(NEWEST_FIRST.reversed());
        for (Entry entry : entries.values()) {
            if (is(entry, wanted) && (after.isEmpty() || entry.position().compareTo(after.get()) > 0)) {
                page.add(entry);
                if (page.size() > limit) {
                    page.remove(); // the one longest without activity
                }
            }
        }
        return page.stream().sorted(NEWEST_FIRST).toList();
    }

    private static boolean is(Entry entry, Wanted wanted) {
        ConversationId id = entry.listing().id();
        return entry.trashed() == wanted.trashed()
                && (entry.trashed() || !entry.listing().title().isEmpty())
                && (entry.listing().owner().equals(wanted.owner())
                        || wanted.granted().contains(id))
                && !wanted.but().contains(id);
    }

    @Override
    public void eachMark(BiConsumer<ConversationId, Mark> action) {
        entries.forEach((id, entry) -> action.accept(id, entry.mark()));
    }

    @Override
    public long count() {
        return entries.size();
    }
}
