package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;

/** One search. */
final class CatalogSearch {
    /** One conversation must not fill the list. */
    private static final int MOST_OF_ONE = 3;
    /** How many matches are looked at for each hit that is wanted. */
    private static final int LOOKED_AT = 8;

    private static final float TITLE_WEIGHT = 2;

    private final Owner owner;
    private final Set<ConversationId> granted;
    private final List<String> words;
    private final int limit;
    private final Function<ConversationId, Optional<Entry>> entries;

    /** @param entries what is known of a conversation at this moment */
    CatalogSearch(
            Owner owner,
            Set<ConversationId> granted,
            String query,
            int limit,
            Function<ConversationId, Optional<Entry>> entries) {
        this.owner = owner;
        this.granted = granted;
        this.words = CatalogWords.of(query);
        this.limit = limit;
        this.entries = entries;
    }

    List<Hit> hits(CatalogView view) throws IOException {
        if (words.isEmpty() || limit < 1) {
            return List.of();
        }
        CatalogSnippets snippets = new CatalogSnippets(words);
        Map<ConversationId, Integer> counts = new HashMap<>();
        List<Hit> hits = new ArrayList<>();
        for (ScoreDoc match : matches(view)) {
            Document document = view.searcher().storedFields().document(match.doc, STORED);
            boolean title = document.get(CatalogDocument.TEXT) == null;
            ConversationId id = view.id(match.doc, title ? CatalogDocument.ID : CatalogDocument.OF);
            Optional<Entry> entry = entries.apply(id).filter(this::mayBeSeen);
            if (entry.isPresent() && counts.merge(id, 1, Integer::sum) <= MOST_OF_ONE) {
                hits.add(title ? hit(entry.get(), snippets) : hit(entry.get(), document, snippets));
            }
            if (hits.size() == limit) {
                break;
            }
        }
        return List.copyOf(hits);
    }

    private static final Set<String> STORED =
            Set.of(CatalogDocument.TEXT, CatalogDocument.MESSAGE, CatalogDocument.ROLE);

    /** The index has it so already; this holds even if the index were wrong. */
    private boolean mayBeSeen(Entry entry) {
        return !entry.trashed()
                && (entry.listing().owner().equals(owner)
                        || granted.contains(entry.listing().id()));
    }

    /** The best first; of equals those of the newest conversation, and in it the latest. */
    private ScoreDoc[] matches(CatalogView view) throws IOException {
        List<ConversationId> trashed = view.trashed(owner, granted);
        Query matching = new BooleanQuery.Builder()
                .add(new BoostQuery(CatalogWords.all(CatalogDocument.TITLE, words), TITLE_WEIGHT), Occur.SHOULD)
                .add(CatalogWords.all(CatalogDocument.TEXT, words), Occur.SHOULD)
                .build();
        Query query = new BooleanQuery.Builder()
                .add(matching, Occur.MUST)
                .add(CatalogView.allowed(owner, granted), Occur.FILTER)
                .add(CatalogView.in(CatalogDocument.ID, trashed), Occur.MUST_NOT)
                .add(CatalogView.in(CatalogDocument.OF, trashed), Occur.MUST_NOT)
                .build();
        Sort order = new Sort(
                SortField.FIELD_SCORE,
                new SortField(CatalogDocument.OF, SortField.Type.STRING, true),
                new SortField(CatalogDocument.SEQ, SortField.Type.LONG, true));
        return view.searcher().search(query, LOOKED_AT * limit, order).scoreDocs;
    }

    private static Hit hit(Entry entry, CatalogSnippets snippets) {
        return new Hit(
                entry.listing(),
                Optional.empty(),
                Optional.empty(),
                snippets.ofTitle(entry.listing().title()));
    }

    private static Hit hit(Entry entry, Document document, CatalogSnippets snippets) {
        return new Hit(
                entry.listing(),
                Optional.of(document.get(CatalogDocument.MESSAGE)),
                Optional.of(document.get(CatalogDocument.ROLE)),
                snippets.ofText(document.get(CatalogDocument.TEXT)));
    }
}
