package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Mark;
import dev.holdfast.store.Catalog.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** A Lucene index as it is at one moment. */
final class CatalogView implements CatalogLists {
    private final IndexSearcher searcher;

    CatalogView(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    IndexSearcher searcher() {
        return searcher;
    }

    @Override
    public Optional<Entry> find(ConversationId id) throws IOException {
        ScoreDoc[] found = searcher.search(new TermQuery(CatalogDocument.key(id)), 1).scoreDocs;
        return found.length == 0 ? Optional.empty() : Optional.of(entry(found[0].doc));
    }

    @Override
    public List<Entry> ofChannel(Owner owner, String channelKey, Collection<ConversationId> but) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder()
                .add(term(CatalogDocument.OWNER, CatalogDocument.name(owner.name())), Occur.FILTER)
                .add(term(CatalogDocument.CHANNEL, CatalogDocument.name(channelKey)), Occur.FILTER)
                .add(term(CatalogDocument.STATE, CatalogDocument.TRASHED), Occur.MUST_NOT)
                .add(in(CatalogDocument.ID, but), Occur.MUST_NOT);
        return entries(searcher.search(query.build(), 1 + but.size(), newestFirst()).scoreDocs);
    }

    @Override
    public List<Entry> page(Wanted wanted, Optional<Position> after, int limit) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder()
                .add(allowed(wanted.owner(), wanted.granted()), Occur.FILTER)
                .add(term(CatalogDocument.STATE, state(wanted.trashed())), Occur.FILTER)
                .add(in(CatalogDocument.ID, wanted.but()), Occur.MUST_NOT);
        ScoreDoc[] found = after.isEmpty()
                ? searcher.search(query.build(), limit, newestFirst()).scoreDocs
                : searcher.searchAfter(place(after.get()), query.build(), limit, newestFirst()).scoreDocs;
        return entries(found);
    }

    private static String state(boolean trashed) {
        return trashed ? CatalogDocument.TRASHED : CatalogDocument.LISTED;
    }

    private static Sort newestFirst() {
        return new Sort(
                LongField.newSortField(CatalogDocument.ACTIVITY, true, SortedNumericSelector.Type.MAX),
                new SortField(CatalogDocument.ID, SortField.Type.STRING, true));
    }

    private FieldDoc place(Position position) {
        Object[] values = {
            CatalogDocument.nanos(position.lastActivity()),
            new BytesRef(position.id().value())
        };
        return new FieldDoc(Math.max(0, searcher.getIndexReader().maxDoc() - 1), 0, values);
    }

    /** Matches conversations and texts that {@code owner} may see. */
    static Query allowed(Owner owner, Collection<ConversationId> granted) {
        return new BooleanQuery.Builder()
                .add(term(CatalogDocument.OWNER, CatalogDocument.name(owner.name())), Occur.SHOULD)
                .add(in(CatalogDocument.ID, granted), Occur.SHOULD)
                .add(in(CatalogDocument.OF, granted), Occur.SHOULD)
                .build();
    }

    static Query in(String field, Collection<ConversationId> ids) {
        return new TermInSetQuery(
                field, ids.stream().map(id -> new BytesRef(id.value())).toList());
    }

    private static Query term(String field, String value) {
        return new TermQuery(new Term(field, value));
    }

    /** Of the conversations that {@code owner} may see, those in the trash. */
    List<ConversationId> trashed(Owner owner, Collection<ConversationId> granted) throws IOException {
        Query query = new BooleanQuery.Builder()
                .add(allowed(owner, granted), Occur.FILTER)
                .add(term(CatalogDocument.STATE, CatalogDocument.TRASHED), Occur.FILTER)
                .build();
        int count = searcher.count(query);
        List<ConversationId> ids = new ArrayList<>();
        if (count > 0) {
            for (ScoreDoc found : searcher.search(query, count).scoreDocs) {
                ids.add(id(found.doc, CatalogDocument.ID));
            }
        }
        return ids;
    }

    @Override
    public void eachMark(BiConsumer<ConversationId, Mark> action) throws IOException {
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            SortedDocValues ids = DocValues.getSorted(leaf.reader(), CatalogDocument.ID);
            BinaryDocValues marks = DocValues.getBinary(leaf.reader(), CatalogDocument.MARK);
            Bits live = leaf.reader().getLiveDocs();
            while (marks.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                if ((live == null || live.get(marks.docID())) && ids.advanceExact(marks.docID())) {
                    String id = ids.lookupOrd(ids.ordValue()).utf8ToString();
                    action.accept(new ConversationId(id), CatalogDocument.mark(marks.binaryValue()));
                }
            }
        }
    }

    /** All conversations, those longest without activity first. */
    List<ConversationId> oldestFirst() throws IOException {
        List<Activity> all = new ArrayList<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            SortedDocValues ids = DocValues.getSorted(leaf.reader(), CatalogDocument.ID);
            SortedNumericDocValues times = DocValues.getSortedNumeric(leaf.reader(), CatalogDocument.ACTIVITY);
            Bits live = leaf.reader().getLiveDocs();
            while (times.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                if ((live == null || live.get(times.docID())) && ids.advanceExact(times.docID())) {
                    String id = ids.lookupOrd(ids.ordValue()).utf8ToString();
                    all.add(new Activity(times.nextValue(), new ConversationId(id)));
                }
            }
        }
        return all.stream()
                .sorted(Comparator.comparingLong(Activity::nanos))
                .map(Activity::id)
                .toList();
    }

    private record Activity(long nanos, ConversationId id) {}

    @Override
    public long count() throws IOException {
        return (long) searcher.count(term(CatalogDocument.STATE, CatalogDocument.LISTED))
                + searcher.count(term(CatalogDocument.STATE, CatalogDocument.EMPTY))
                + searcher.count(term(CatalogDocument.STATE, CatalogDocument.TRASHED));
    }

    /** The conversation that a document is of. @param field which names it */
    ConversationId id(int doc, String field) throws IOException {
        LeafReaderContext leaf = leaf(doc);
        SortedDocValues ids = DocValues.getSorted(leaf.reader(), field);
        if (!ids.advanceExact(doc - leaf.docBase)) {
            throw new IOException("a document of the index has no " + field);
        }
        return new ConversationId(ids.lookupOrd(ids.ordValue()).utf8ToString());
    }

    private Mark mark(int doc) throws IOException {
        LeafReaderContext leaf = leaf(doc);
        BinaryDocValues marks = DocValues.getBinary(leaf.reader(), CatalogDocument.MARK);
        if (!marks.advanceExact(doc - leaf.docBase)) {
            throw new IOException("a conversation of the index has no mark");
        }
        return CatalogDocument.mark(marks.binaryValue());
    }

    private LeafReaderContext leaf(int doc) {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        return leaves.get(ReaderUtil.subIndex(doc, leaves));
    }

    private List<Entry> entries(ScoreDoc[] found) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (ScoreDoc each : found) {
            entries.add(entry(each.doc));
        }
        return entries;
    }

    private Entry entry(int doc) throws IOException {
        BytesRef listing = searcher.storedFields()
                .document(doc, Set.of(CatalogDocument.LISTING))
                .getBinaryValue(CatalogDocument.LISTING);
        return new Entry(CatalogDocument.listing(BytesRef.deepCopyOf(listing).bytes), mark(doc));
    }
}
