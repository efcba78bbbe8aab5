package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.SearchHit;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Stands in for the real one until that has landed. */
final class Catalog implements AutoCloseable {
    record Entry(Listing listing, Mark mark) {}

    record Mark(long size, long modifiedMillis, long lastSeq, boolean running, Optional<Instant> deletedAt) {}

    private final Map<ConversationId, Entry> entries = new ConcurrentHashMap<>();

    void put(Entry entry) {
        entries.put(entry.listing().id(), entry);
    }

    void addText(ConversationId id, long seq, String messageId, String role, String text) {}

    boolean textIndexed(ConversationId id) {
        return true;
    }

    void remove(ConversationId id) {
        entries.remove(id);
    }

    void clear() {
        entries.clear();
    }

    Optional<Entry> find(ConversationId id) {
        return Optional.ofNullable(entries.get(id));
    }

    Optional<ConversationId> find(Owner owner, String channelKey) {
        return entries.values().stream()
                .map(Entry::listing)
                .filter(one -> one.owner().equals(owner) && one.channelKey().equals(channelKey))
                .map(Listing::id)
                .findFirst();
    }

    List<Entry> list(
            Owner owner, Collection<ConversationId> granted, boolean trashed, Optional<Listing> after, int limit) {
        Comparator<Listing> newest = Comparator.comparing(Listing::lastActivity)
                .thenComparing(Listing::id)
                .reversed();
        Predicate<Entry> wanted = entry -> (entry.listing().owner().equals(owner)
                        || granted.contains(entry.listing().id()))
                && trashed == entry.mark().deletedAt().isPresent()
                && !entry.listing().title().isEmpty()
                && after.map(last -> newest.compare(last, entry.listing()) < 0).orElse(true);
        return entries.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Entry::listing, newest))
                .limit(limit)
                .toList();
    }

    List<SearchHit> search(Owner owner, Collection<ConversationId> granted, String query, int limit) {
        return List.of();
    }

    void eachMark(BiConsumer<ConversationId, Mark> each) {
        entries.forEach((id, entry) -> each.accept(id, entry.mark()));
    }

    long size() {
        return entries.size();
    }

    void flush() {}

    @Override
    public void close() {}
}
