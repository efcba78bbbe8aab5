package dev.holdfast.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * What counts as a word. Texts are cut by the rules of Unicode (UAX #29); Chinese, Japanese and Korean, which have no
 * blanks, into pairs of characters; identifiers such as {@code parseLine} and {@code max_size} are found as a whole and by
 * their parts. Case and accents do not matter.
 *
 * <p>A query is cut the same way, and nothing in it is an operator: all of its words must be there, the last one perhaps
 * with more behind it. Not more than {@value #MOST_WORDS} words are looked at, so no query takes long.
 */
final class CatalogWords {
    /** Longest text that is indexed, in characters; what stands behind is not found. */
    static final int LONGEST_TEXT = 200_000;

    private static final int LONGEST_QUERY = 300;
    private static final int MOST_WORDS = 16;

    private CatalogWords() {}

    /** For texts: words, their parts, pairs of characters and single ones. */
    static Analyzer ofTexts() {
        return analyzer(true);
    }

    /** For queries: parts, and pairs where there is more than one character. */
    private static Analyzer ofQueries() {
        return analyzer(false);
    }

    /** @param whole whether an identifier and a single character are words beside what they are cut into */
    private static Analyzer analyzer(boolean whole) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer source = new StandardTokenizer();
                TokenStream words = new CJKBigramFilter(new CJKWidthFilter(source), everyScript(), whole);
                words = new IdentifierParts(words, whole);
                return new TokenStreamComponents(source, new ASCIIFoldingFilter(new LowerCaseFilter(words)));
            }
        };
    }

    private static int everyScript() {
        return CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;
    }

    /** The text as it is indexed: letters with their accents as one character, cut to {@link #LONGEST_TEXT}. */
    static String composed(String text) {
        return Normalizer.normalize(head(text, LONGEST_TEXT), Normalizer.Form.NFC);
    }

    private static String head(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    /** The words of a query, in order, each once; empty if it has none. */
    static List<String> of(String query) {
        List<String> words = new ArrayList<>();
        String text = Normalizer.normalize(head(query, LONGEST_QUERY), Normalizer.Form.NFC);
        try (Analyzer analyzer = ofQueries();
                TokenStream stream = analyzer.tokenStream("query", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken() && words.size() < MOST_WORDS) {
                String word = term.toString();
                words.remove(word); // the last one is the one that may go on
                words.add(word);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be read", e);
        }
        return words;
    }

    /** Matches what has all {@code words} in {@code field}. */
    static Query all(String field, List<String> words) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (int i = 0; i < words.size(); i++) {
            boolean last = i == words.size() - 1;
            BooleanQuery.Builder either = new BooleanQuery.Builder();
            for (String spelling : spellings(words.get(i))) {
                Term term = new Term(field, spelling);
                either.add(new TermQuery(term), Occur.SHOULD);
                if (last) {
                    either.add(new ConstantScoreQuery(new PrefixQuery(term)), Occur.SHOULD);
                }
            }
            all.add(either.build(), Occur.MUST);
        }
        return all.build();
    }

    /** Whoever has no umlauts on the keyboard writes two letters for one. */
    private static List<String> spellings(String word) {
        String folded = word.replace("ae", "a").replace("oe", "o").replace("ue", "u");
        return folded.equals(word) || folded.length() < 2 ? List.of(word) : List.of(word, folded);
    }
}
