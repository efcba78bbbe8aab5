package dev.holdfast.store;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * Cuts {@code parseLine}, {@code JSONReader}, {@code max_size} and {@code dev.holdfast} into their parts. Offsets never go
 * backwards, which an index refuses and Lucene's own filter for this, combined with {@code CJKBigramFilter}, does.
 */
final class IdentifierParts extends TokenFilter {
    /** What has more is no identifier but encoded bytes, perhaps, and stays whole. */
    private static final int MOST_PARTS = 16;

    /** From the token's first character on. */
    private record Part(int start, int end) {}

    private final boolean keepWhole;
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offsets = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final TypeAttribute type = addAttribute(TypeAttribute.class);
    private final Queue<Part> parts = new ArrayDeque<>();
    private State whole;
    private String letters;

    /** @param keepWhole whether the token itself is wanted before its parts */
    IdentifierParts(TokenStream input, boolean keepWhole) {
        super(input);
        this.keepWhole = keepWhole;
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!parts.isEmpty()) {
            become(parts.remove());
            return true;
        }
        while (input.incrementToken()) {
            if (!mayHaveParts() || isPlainWord()) {
                return true;
            }
            letters = term.toString();
            cut();
            if (parts.size() == 1 && parts.peek().end() - parts.peek().start() == letters.length()
                    || parts.size() > MOST_PARTS) {
                parts.clear();
                return true;
            }
            if (!parts.isEmpty()) {
                whole = captureState();
                if (!keepWhole) {
                    become(parts.remove());
                }
                return true;
            }
            // It was punctuation throughout.
        }
        return false;
    }

    private boolean mayHaveParts() {
        String kind = type.type();
        return kind.equals(StandardTokenizer.TOKEN_TYPES[StandardTokenizer.ALPHANUM])
                || kind.equals(StandardTokenizer.TOKEN_TYPES[StandardTokenizer.NUM]);
    }

    /** What most words are: told at a glance, without taking them apart. */
    private boolean isPlainWord() {
        char[] word = term.buffer();
        for (int i = 0; i < term.length(); i++) {
            boolean lower = word[i] >= 'a' && word[i] <= 'z';
            boolean capital = i == 0 && word[i] >= 'A' && word[i] <= 'Z';
            if (!lower && !capital) {
                return false;
            }
        }
        return true;
    }

    private void become(Part part) {
        restoreState(whole);
        int start = offsets.startOffset();
        if (offsets.endOffset() - start == letters.length()) {
            offsets.setOffset(start + part.start(), start + part.end());
        }
        increment.setPositionIncrement(0);
        term.setEmpty().append(letters, part.start(), part.end());
    }

    private void cut() {
        int start = 0;
        for (int at = 0; at < letters.length(); at += Character.charCount(letters.codePointAt(at))) {
            if (isPunctuation(letters.codePointAt(at))) {
                add(start, at);
                start = at + Character.charCount(letters.codePointAt(at));
            } else if (at > start && beginsPart(at)) {
                add(start, at);
                start = at;
            }
        }
        add(start, letters.length());
    }

    private void add(int start, int end) {
        if (end > start) {
            parts.add(new Part(start, end));
        }
    }

    /** An upper-case letter after another kind of letter, or before one. */
    private boolean beginsPart(int at) {
        int here = letters.codePointAt(at);
        int next = at + Character.charCount(here);
        return Character.isUpperCase(here)
                && (!Character.isUpperCase(letters.codePointBefore(at))
                        || next < letters.length() && Character.isLowerCase(letters.codePointAt(next)));
    }

    private static boolean isPunctuation(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.SPACE_SEPARATOR -> true;
            default -> false;
        };
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        parts.clear();
        whole = null;
    }
}
