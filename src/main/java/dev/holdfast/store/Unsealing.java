package dev.holdfast.store;

import dev.holdfast.conversation.Listing;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.journal.LineCodec.UnsealException;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Mark;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * Reads the conversations of a sealed index. What was read is unsealed by other threads while more is read; the reader
 * then does what they have not begun, so it ends without them as well.
 */
final class Unsealing {
    /** A few milliseconds' work. */
    private static final int PORTION = 1000;

    /** A conversation as it lies there. */
    private record Sealed(String id, Mark mark, byte[] listing) {}

    private final LineCodec codec;
    private final Executor others;
    private final List<FutureTask<List<Entry>>> portions = new ArrayList<>();
    private List<Sealed> portion = new ArrayList<>();

    private Unsealing(LineCodec codec, Executor others) {
        this.codec = codec;
        this.others = others;
    }

    /** All conversations. Fails if there is one that no key opens. */
    static List<Entry> entries(IndexReader reader, LineCodec codec, Executor others) throws IOException {
        Unsealing unsealing = new Unsealing(codec, others);
        for (LeafReaderContext leaf : reader.leaves()) {
            unsealing.read(leaf.reader());
        }
        unsealing.unsealPortion();
        return unsealing.entries();
    }

    private void read(LeafReader leaf) throws IOException {
        StoredFields fields = leaf.storedFields();
        SortedDocValues ids = DocValues.getSorted(leaf, CatalogDocument.ID);
        BinaryDocValues marks = DocValues.getBinary(leaf, CatalogDocument.MARK);
        Bits live = leaf.getLiveDocs();
        while (marks.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            int doc = marks.docID();
            if ((live == null || live.get(doc)) && ids.advanceExact(doc)) {
                String id = ids.lookupOrd(ids.ordValue()).utf8ToString();
                BytesRef listing = fields.document(doc).getBinaryValue(CatalogDocument.LISTING);
                Mark mark = CatalogDocument.mark(marks.binaryValue());
                portion.add(new Sealed(id, mark, BytesRef.deepCopyOf(listing).bytes));
                if (portion.size() == PORTION) {
                    unsealPortion();
                }
            }
        }
    }

    private void unsealPortion() {
        List<Sealed> read = portion;
        portion = new ArrayList<>();
        FutureTask<List<Entry>> task = new FutureTask<>(() -> unseal(read));
        portions.add(task);
        try {
            others.execute(task);
        } catch (RejectedExecutionException e) {
            // The program ends; it is done here.
        }
    }

    private List<Entry> unseal(List<Sealed> read) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Sealed sealed : read) {
            entries.add(new Entry(unseal(sealed), sealed.mark()));
        }
        return entries;
    }

    private Listing unseal(Sealed sealed) throws IOException {
        try {
            Listing listing = CatalogDocument.listing(codec.open(sealed.listing()));
            if (!listing.id().value().equals(sealed.id())) {
                throw new IOException("what is sealed under " + sealed.id() + " is of another conversation");
            }
            return listing;
        } catch (UnsealException e) {
            throw new IOException("a conversation cannot be unsealed: " + e.getMessage(), e);
        }
    }

    private List<Entry> entries() throws IOException {
        portions.forEach(FutureTask::run);
        List<Entry> entries = new ArrayList<>();
        for (FutureTask<List<Entry>> each : portions) {
            entries.addAll(result(each));
        }
        return entries;
    }

    private static <T> T result(FutureTask<T> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the index is being unsealed");
        }
    }
}
