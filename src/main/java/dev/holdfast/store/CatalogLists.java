package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Mark;
import dev.holdfast.store.Catalog.Position;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The conversations of an index as they are at one moment: answers questions about single ones and lists of them. */
interface CatalogLists {
    /** Which conversations a list is of. @param but without these */
    record Wanted(Owner owner, Set<ConversationId> granted, boolean trashed, Set<ConversationId> but) {}

    Optional<Entry> find(ConversationId id) throws IOException;

    /** Those of {@code owner} that have the channel key and are not in the trash, but for the ones named. */
    List<Entry> ofChannel(Owner owner, String channelKey, Collection<ConversationId> but) throws IOException;

    /** The first {@code limit} of the wanted that come after the position; none in which nothing was said yet. */
    List<Entry> page(Wanted wanted, Optional<Position> after, int limit) throws IOException;

    void eachMark(BiConsumer<ConversationId, Mark> action) throws IOException;

    /** How many conversations there are, those in the trash included. */
    long count() throws IOException;
}
