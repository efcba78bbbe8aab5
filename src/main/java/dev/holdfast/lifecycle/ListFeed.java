package dev.holdfast.lifecycle;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.store.Access;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Everybody who watches a person's list: their own conversations, and those that were opened to them when they began to
 * watch. A change costs two look-ups where nobody watches. Thread-safe.
 */
final class ListFeed {
    private record Watching(Owner owner, ListWatcher watcher) {}

    private final Access access;
    private final Map<Owner, Set<Watching>> ofOwners = new ConcurrentHashMap<>();
    private final Map<ConversationId, Set<Watching>> ofGuests = new ConcurrentHashMap<>();
    private volatile boolean closed;

    ListFeed(Access access) {
        this.access = access;
    }

    /** Begins to watch. The answer ends that. */
    Runnable watch(Owner owner, ListWatcher watcher) {
        Watching one = new Watching(owner, watcher);
        List<ConversationId> opened = access.grantedTo(owner);
        add(ofOwners, owner, one);
        opened.forEach(id -> add(ofGuests, id, one));
        if (closed) {
            watcher.end();
        }
        return () -> {
            remove(ofOwners, owner, one);
            opened.forEach(id -> remove(ofGuests, id, one));
        };
    }

    private static <K> void add(Map<K, Set<Watching>> all, K key, Watching one) {
        all.compute(key, (same, held) -> {
            Set<Watching> now = held == null ? ConcurrentHashMap.newKeySet() : held;
            now.add(one);
            return now;
        });
    }

    private static <K> void remove(Map<K, Set<Watching>> all, K key, Watching one) {
        all.computeIfPresent(key, (same, held) -> {
            held.remove(one);
            return held.isEmpty() ? null : held;
        });
    }

    /** Tells those in whose list conversation {@code id} stands. A guest whose link was revoked is none any more. */
    void tell(ConversationId id, Owner owner, Consumer<ListWatcher> news) {
        ofOwners.getOrDefault(owner, Set.of()).forEach(one -> news.accept(one.watcher()));
        for (Watching guest : ofGuests.getOrDefault(id, Set.of())) {
            if (access.granted(id, guest.owner())) {
                news.accept(guest.watcher());
            }
        }
    }

    /** Takes conversation {@code id} out of the lists of guests whose link was revoked. */
    void turnedAway(ConversationId id) {
        for (Watching guest : ofGuests.getOrDefault(id, Set.of())) {
            if (!access.granted(id, guest.owner())) {
                guest.watcher().unlisted(id);
            }
        }
    }

    /** Sends everybody away, and whoever comes from now on. */
    void close() {
        closed = true;
        ofOwners.values().forEach(all -> all.forEach(one -> one.watcher().end()));
    }
}
