package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.SearchHit;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

    /**
     * Moves a conversation to the trash; nothing of it is lost. If it is open its instance is dead after that. When this
     * returns, that survives a power cut. Does nothing if there is none.
     */
    void delete(ConversationId id) throws IOException;

    /** Takes a conversation out of the trash again. */
    void restore(ConversationId id) throws IOException;

    /**
     * Makes a conversation, which may be in the trash, {@code to}'s. If it is open its instance is dead after that. When
     * this returns, that survives a power cut. Does nothing if there is none.
     */
    void give(ConversationId id, Owner to) throws IOException;

    /** Whose conversation it is; empty if there is none, or it is in the trash. */
    Optional<Listing> find(ConversationId id);

    /** Whose conversation in the trash it is. */
    Optional<Listing> findInTrash(ConversationId id);

    /**
     * Conversations in which something was said that belong to {@code owner} or are {@code granted}, the most recently
     * active first.
     *
     * @param after the last one of the page before; empty for the first page
     */
    List<Listing> list(Owner owner, Collection<ConversationId> granted, Optional<Listing> after, int limit);

    /** How many conversations are kept, those in the trash too. */
    long count();

    /** Those of {@code owner}'s that are in the trash, the most recently active first. */
    List<Listing> trash(Owner owner, int limit);

    /** Looks for words in titles and texts of the conversations that {@link #list} would show; the best hits first. */
    List<SearchHit> search(Owner owner, Collection<ConversationId> granted, String query, int limit);

    /** What people have typed into conversations and not sent. */
    Drafts drafts();

    /** The one of {@code owner}'s conversations outside the trash that has this channel key. */
    Optional<ConversationId> find(Owner owner, String channelKey);

    /**
     * Looks, in the background, for conversations in which something had no whole answer when the process ended, and tells
     * {@code each} of them, perhaps of some others too.
     */
    void findUnfinished(Consumer<ConversationId> each);

    /** Waits until all that was appended is on disk, then lets go of everything. */
    @Override
    void close();
}
