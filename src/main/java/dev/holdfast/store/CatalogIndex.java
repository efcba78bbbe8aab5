package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.store.CatalogChanges.Batch;
import java.io.Closeable;
import java.io.IOException;

/** What the catalog has written. One thread writes at a time, any number ask. */
interface CatalogIndex extends Closeable {
    /** What is asked of the index as it is at one moment. @param <V> what can be asked */
    @FunctionalInterface
    interface Question<V, T> {
        T ask(V view) throws IOException;
    }

    /** Asks about conversations. */
    <T> T ask(Question<CatalogLists, T> question) throws IOException;

    /** Asks about words. May wait for longer than the other. */
    <T> T search(Question<CatalogView, T> question) throws IOException;

    /** Once this returns it is found. On disk it is only after {@link #commit}, all of it or nothing. */
    void write(Batch batch) throws IOException;

    void commit() throws IOException;

    /** After a failure: goes back to what was committed last. */
    void reopen() throws IOException;

    /** See {@link Catalog#textIndexed}. */
    boolean textIndexed(ConversationId id);

    /** See {@link Catalog#allTextAdded}. */
    void allTextAdded(ConversationId id);
}
