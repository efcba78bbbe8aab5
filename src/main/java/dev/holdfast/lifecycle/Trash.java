package dev.holdfast.lifecycle;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.store.ConversationStore;
import java.util.List;

/**
 * Where conversations go that are deleted, until the operator purges them. Only who owns a conversation may move it; for
 * others the methods throw {@link NoSuchConversationException}. Thread-safe.
 */
public final class Trash {
    private final ConversationStore store;
    private final OpenConversations open;
    private final ListFeed lists;

    Trash(ConversationStore store, OpenConversations open, ListFeed lists) {
        this.store = store;
        this.open = open;
        this.lists = lists;
    }

    /** The person's own conversations in it, the most recently active first. */
    public List<Listing> list(Owner owner, int limit) {
        return store.trash(owner, limit);
    }

    /** Whether it is one of the person's own conversations and in the trash. */
    public boolean holds(Owner owner, ConversationId id) {
        return store.findInTrash(id)
                .filter(listing -> listing.owner().equals(owner))
                .isPresent();
    }

    /**
     * Moves one of the person's own conversations to the trash. A running reply is broken off; what has come is kept.
     *
     * @throws NoSuchConversationException unless it is theirs; one that a link opened to them is not
     */
    public void delete(Owner owner, ConversationId id) {
        store.find(id).filter(listing -> listing.owner().equals(owner)).orElseThrow(NoSuchConversationException::new);
        open.whileClosed(id, () -> store.delete(id));
        lists.tell(id, owner, watcher -> watcher.unlisted(id));
    }

    /** Takes one of the person's own conversations out of the trash. */
    public void restore(Owner owner, ConversationId id) {
        if (!holds(owner, id)) {
            throw new NoSuchConversationException();
        }
        open.whileClosed(id, () -> store.restore(id));
        store.find(id)
                .ifPresent(listing ->
                        lists.tell(id, owner, watcher -> watcher.listed(id, listing.title(), open.state(listing))));
    }

    /** Moves anybody's conversation to the trash; for the operator. */
    public void delete(ConversationId id) {
        store.find(id).ifPresent(listing -> delete(listing.owner(), id));
    }

    /** Takes anybody's conversation out of the trash; for the operator. */
    public void restore(ConversationId id) {
        store.findInTrash(id).ifPresent(listing -> restore(listing.owner(), id));
    }
}
