package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Text;
import dev.holdfast.store.CatalogChanges.Batch;
import dev.holdfast.store.CatalogChanges.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.store.Directory;

/**
 * Two indexes: one in memory, which is asked, and one on disk, which is read only when it is opened. On disk stand ids,
 * times of activity and marks; the rest of a conversation is sealed, together with its id, so that it cannot be put in the
 * place of another. Texts are in memory only.
 */
final class SealedIndex implements CatalogIndex {
    /** Most characters of text in memory. With its index a character takes about two bytes. */
    static final long MOST_TEXT = 64_000_000;

    private final Directory directory;
    private final String form;
    private final LineCodec codec;
    private final long mostText;
    private final UnsealedMemory memory;
    /** Conversations whose marks count texts that are not in memory. */
    private final Set<ConversationId> lacking = ConcurrentHashMap.newKeySet();
    /** How much text of each is in memory. A text that was replaced counts twice. For the thread that writes. */
    private final Map<ConversationId, Long> chars = new HashMap<>();

    private long allChars;
    private IndexWriter writer;

    private SealedIndex(Directory directory, String form, LineCodec codec, long mostText, UnsealedEntries unsealed)
            throws IOException {
        this.directory = directory;
        this.form = form;
        this.codec = codec;
        this.mostText = mostText;
        this.memory = new UnsealedMemory(unsealed, form);
        for (Entry entry : unsealed.all()) {
            if (entry.mark().lastSeq() > 0) {
                lacking.add(entry.listing().id());
            }
        }
    }

    /** Begins an index in an empty directory. */
    static SealedIndex make(Directory directory, String form, LineCodec codec, long mostText) throws IOException {
        UnsealedEntries none = new UnsealedEntries(List.of());
        SealedIndex index = new SealedIndex(directory, form, codec, mostText, none);
        index.writer = CatalogOpening.writer(directory, form, OpenMode.CREATE);
        index.writer.commit();
        index.memory.filled();
        return index;
    }

    /**
     * Opens the index in the directory. Fails if there is something in it that no key opens.
     *
     * @param background helps to unseal, and fills the memory afterwards
     */
    static SealedIndex open(Directory directory, String form, LineCodec codec, long mostText, Executor background)
            throws IOException {
        UnsealedEntries unsealed;
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            unsealed = new UnsealedEntries(Unsealing.entries(reader, codec, background));
        }
        SealedIndex index = new SealedIndex(directory, form, codec, mostText, unsealed);
        index.writer = CatalogOpening.writer(directory, form, OpenMode.APPEND);
        index.memory.fillIn(background);
        return index;
    }

    @Override
    public void write(Batch batch) throws IOException {
        memory.filled().write(batch);
        for (Text text : batch.texts()) {
            chars.merge(text.conversation(), (long) text.text().length(), Long::sum);
            allChars += text.text().length();
        }
        for (Map.Entry<ConversationId, Change> change : batch.entries().entrySet()) {
            ConversationId id = change.getKey();
            if (change.getValue().entry().isPresent()) {
                Entry entry = change.getValue().entry().get();
                writer.updateDocument(CatalogDocument.key(id), sealed(entry));
            } else {
                writer.deleteDocuments(CatalogDocument.key(id));
                lacking.remove(id);
                forget(id);
            }
        }
        forgetOldest();
    }

    private Document sealed(Entry entry) {
        Document document = CatalogDocument.named(entry);
        byte[] listing = CatalogDocument.bytes(entry.listing());
        document.add(new StoredField(CatalogDocument.LISTING, codec.seal(listing)));
        return document;
    }

    /** When there is too much text, an eighth of it goes, so that this is not to be done all the time. */
    private void forgetOldest() throws IOException {
        if (allChars <= mostText) {
            return;
        }
        List<ConversationId> oldest = new ArrayList<>();
        for (ConversationId id : memory.filled().search(CatalogView::oldestFirst)) {
            if (allChars <= mostText / 8 * 7) {
                break;
            }
            if (chars.containsKey(id)) {
                forget(id);
                lacking.add(id);
                oldest.add(id);
            }
        }
        memory.filled().removeTexts(oldest);
    }

    private void forget(ConversationId id) {
        Long forgotten = chars.remove(id);
        allChars -= forgotten == null ? 0 : forgotten;
    }

    @Override
    public void commit() throws IOException {
        writer.commit();
    }

    @Override
    public void reopen() throws IOException {
        writer.rollback();
        writer = CatalogOpening.writer(directory, form, OpenMode.APPEND);
    }

    @Override
    public <T> T ask(Question<CatalogLists, T> question) throws IOException {
        return memory.ask(question);
    }

    @Override
    public <T> T search(Question<CatalogView, T> question) throws IOException {
        return memory.filled().search(question);
    }

    @Override
    public boolean textIndexed(ConversationId id) {
        return !lacking.contains(id);
    }

    @Override
    public void allTextAdded(ConversationId id) {
        lacking.remove(id);
    }

    @Override
    public void close() throws IOException {
        try (directory;
                memory) {
            writer.rollback(); // closes without another commit
        }
    }
}
