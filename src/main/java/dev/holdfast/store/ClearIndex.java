package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Text;
import dev.holdfast.store.CatalogChanges.Batch;
import dev.holdfast.store.CatalogChanges.Change;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Conversations and texts as they are, in one Lucene index. */
final class ClearIndex implements CatalogIndex {
    private static final Logger LOG = LoggerFactory.getLogger(ClearIndex.class);

    private final Directory directory;
    private final String form;
    private IndexWriter writer;
    private SearcherManager searchers;

    private ClearIndex(Directory directory, String form, OpenMode mode) throws IOException {
        this.directory = directory;
        this.form = form;
        this.writer = CatalogOpening.writer(directory, form, mode);
        this.searchers = new SearcherManager(writer, null);
    }

    /** Begins an index in an empty directory. */
    static ClearIndex make(Directory directory, String form) throws IOException {
        ClearIndex index = new ClearIndex(directory, form, OpenMode.CREATE);
        index.commit();
        return index;
    }

    /** Opens the index in the directory. */
    static ClearIndex open(Directory directory, String form) throws IOException {
        return new ClearIndex(directory, form, OpenMode.APPEND);
    }

    /** Adds a conversation that it does not have. It is found after {@link #show}. */
    void fill(Entry entry) throws IOException {
        writer.addDocument(CatalogDocument.of(entry));
    }

    void show() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    @Override
    public void write(Batch batch) throws IOException {
        for (Text text : batch.texts()) {
            write(text);
        }
        for (Map.Entry<ConversationId, Change> change : batch.entries().entrySet()) {
            ConversationId id = change.getKey();
            if (change.getValue().entry().isPresent()) {
                writer.updateDocument(
                        CatalogDocument.key(id),
                        CatalogDocument.of(change.getValue().entry().get()));
            } else {
                writer.deleteDocuments(CatalogDocument.key(id), CatalogDocument.textsOf(id));
            }
        }
        searchers.maybeRefreshBlocking();
    }

    /** One text that cannot be indexed must not keep all others out. */
    private void write(Text text) throws IOException {
        try {
            writer.updateDocument(CatalogDocument.key(text), CatalogDocument.of(text));
        } catch (IllegalArgumentException e) {
            LOG.warn("A message of {} cannot be searched: line {}", text.conversation(), text.seq());
        }
    }

    /** Forgets what was said in these conversations. */
    void removeTexts(Collection<ConversationId> ids) throws IOException {
        for (ConversationId id : ids) {
            writer.deleteDocuments(CatalogDocument.textsOf(id));
        }
        searchers.maybeRefreshBlocking();
    }

    @Override
    public void commit() throws IOException {
        writer.commit();
    }

    /** Until this succeeds, what is asked is asked of what there was before. */
    @Override
    public void reopen() throws IOException {
        writer.rollback();
        writer = CatalogOpening.writer(directory, form, OpenMode.APPEND);
        SearcherManager reopened = new SearcherManager(writer, null);
        synchronized (this) {
            searchers.close();
            searchers = reopened;
        }
    }

    @Override
    public <T> T ask(Question<CatalogLists, T> question) throws IOException {
        return search(question::ask);
    }

    @Override
    public <T> T search(Question<CatalogView, T> question) throws IOException {
        IndexSearcher searcher = acquire();
        try {
            return question.ask(new CatalogView(searcher));
        } finally {
            searcher.getIndexReader().decRef();
        }
    }

    private synchronized IndexSearcher acquire() throws IOException {
        return searchers.acquire();
    }

    @Override
    public boolean textIndexed(ConversationId id) {
        return true;
    }

    @Override
    public void allTextAdded(ConversationId id) {
        // as it always is
    }

    @Override
    public void close() throws IOException {
        try (directory) {
            synchronized (this) {
                searchers.close();
            }
            writer.rollback(); // closes without another commit
        }
    }
}
