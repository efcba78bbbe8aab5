package dev.holdfast.store;

import dev.holdfast.store.Catalog.Piece;
import java.io.IOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;

/** Shows where in texts the words of one query stand. For one thread. */
final class CatalogSnippets {
    /** About how long a snippet of a message is. */
    private static final int LENGTH = 160;
    /** How much of that stands before the first match. */
    private static final float BEFORE = 0.3f;

    private final Query query;
    private final UnifiedHighlighter titles;
    private final UnifiedHighlighter texts;

    CatalogSnippets(List<String> words) {
        query = CatalogWords.all(CatalogDocument.TEXT, words);
        Analyzer analyzer = CatalogWords.ofTexts();
        titles = highlighter(analyzer, new WholeBreakIterator());
        BreakIterator byWord = BreakIterator.getWordInstance(Locale.ROOT);
        texts = highlighter(analyzer, LengthGoalBreakIterator.createClosestToLength(byWord, LENGTH, BEFORE));
    }

    private static UnifiedHighlighter highlighter(Analyzer analyzer, BreakIterator passages) {
        return UnifiedHighlighter.builderWithoutSearcher(analyzer)
                .withMaxLength(CatalogWords.LONGEST_TEXT)
                .withBreakIterator(() -> passages)
                .withFormatter(new Pieces())
                .build();
    }

    /** The whole title. */
    List<Piece> ofTitle(String title) {
        return pieces(titles, CatalogWords.composed(title));
    }

    /** The part of the text that matches best; its beginning if none does. */
    List<Piece> ofText(String text) {
        return pieces(texts, text);
    }

    private List<Piece> pieces(UnifiedHighlighter highlighter, String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            Object found = highlighter.highlightWithoutSearcher(CatalogDocument.TEXT, query, text, 1);
            List<Piece> pieces = new ArrayList<>();
            for (Object piece : (List<?>) found) {
                pieces.add((Piece) piece);
            }
            return List.copyOf(pieces);
        } catch (IOException e) {
            throw new IllegalStateException("memory can be read", e);
        }
    }

    /** Cuts passages at their matches. */
    private static final class Pieces extends PassageFormatter {
        @Override
        public Object format(Passage[] passages, String content) {
            List<Piece> pieces = new ArrayList<>();
            for (Passage passage : passages) {
                int at = passage.getStartOffset();
                for (int i = 0; i < passage.getNumMatches(); i++) {
                    int start = Math.max(at, passage.getMatchStarts()[i]);
                    int end = Math.min(passage.getMatchEnds()[i], passage.getEndOffset());
                    if (end > start) {
                        add(pieces, content.substring(at, start), false);
                        add(pieces, content.substring(start, end), true);
                        at = end;
                    }
                }
                add(pieces, content.substring(at, Math.max(at, passage.getEndOffset())), false);
            }
            return pieces;
        }

        private static void add(List<Piece> pieces, String text, boolean matched) {
            if (!text.isEmpty()) {
                pieces.add(new Piece(text.replaceAll("\\s+", " "), matched));
            }
        }
    }
}
