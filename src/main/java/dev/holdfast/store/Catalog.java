package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose conversations there are, in memory. Derived: everything in it can be read from the files again, and is, after a
 * start. Thread-safe.
 */
final class Catalog {
    private record Channel(Owner owner, String key) {}

    private final Map<ConversationId, Listing> listings = new ConcurrentHashMap<>();
    private final Map<Owner, Map<ConversationId, Listing>> byOwner = new ConcurrentHashMap<>();
    private final Map<Channel, ConversationId> byChannel = new ConcurrentHashMap<>();

    void put(Listing listing) {
        listings.put(listing.id(), listing);
        byOwner.computeIfAbsent(listing.owner(), owner -> new ConcurrentHashMap<>())
                .put(listing.id(), listing);
        byChannel.putIfAbsent(new Channel(listing.owner(), listing.channelKey()), listing.id());
    }

    /** For what the sweep after a start finds: what is known already is newer. */
    void putIfAbsent(Listing listing) {
        if (!listings.containsKey(listing.id())) {
            put(listing);
        }
    }

    Optional<Listing> find(ConversationId id) {
        return Optional.ofNullable(listings.get(id));
    }

    Optional<ConversationId> find(Owner owner, String channelKey) {
        return Optional.ofNullable(byChannel.get(new Channel(owner, channelKey)));
    }

    List<Listing> list(Owner owner) {
        return byOwner.getOrDefault(owner, Map.of()).values().stream()
                .sorted(Comparator.comparing(Listing::lastActivity)
                        .thenComparing(Listing::id)
                        .reversed())
                .toList();
    }
}
