package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where conversations are kept. A port: nothing above it knows what stands behind it. Thread-safe. */
public interface ConversationStore extends AutoCloseable {

    /**
     * A new, empty conversation, open.
     *
     * @throws IOException if it could not be written; if anything is left of it, it is empty
     */
    StoredConversation create(Owner owner, String channelKey) throws IOException;

    /**
     * The conversation, open and settled: a torn tail is healed, a reply that was cut off by a crash is closed as
     * interrupted. The same instance to every caller until {@link #release}.
     *
     * @return empty if there is none
     * @throws IOException if it exists but cannot be read; never taken for an empty one
     */
    Optional<StoredConversation> open(ConversationId id) throws IOException;

    /** Lets go of an open conversation's memory once what is being written is written. Its instance is dead after that. */
    void release(ConversationId id);

    /** Whose conversation it is; empty if there is none. Reads the catalog, not the file. */
    Optional<Listing> find(ConversationId id);

    /** Those that belong to {@code owner}, the most recently active first. */
    List<Listing> list(Owner owner);

    /** The one of {@code owner}'s conversations that has this channel key. */
    Optional<ConversationId> find(Owner owner, String channelKey);

    /** Waits until all that was appended is on disk, then lets go of everything. */
    @Override
    void close();
}
