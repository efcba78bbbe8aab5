package dev.holdfast.protect;

import java.util.BitSet;

/** A set of ASCII characters. Immutable. */
final class Alphabet {
    static final Alphabet DIGITS = new Alphabet("0-9");
    static final Alphabet HEX = new Alphabet("0-9A-Fa-f");
    static final Alphabet UPPER = new Alphabet("A-Z");
    static final Alphabet LOWER = new Alphabet("a-z");
    static final Alphabet LETTERS = new Alphabet("A-Za-z");
    static final Alphabet ALPHANUMERIC = new Alphabet("0-9A-Za-z");
    static final Alphabet WORD = new Alphabet("0-9A-Za-z_");
    static final Alphabet BASE64 = new Alphabet("0-9A-Za-z+/=");
    static final Alphabet BASE64_URL = new Alphabet("0-9A-Za-z_\\-");
    static final Alphabet BLANKS = new Alphabet(" \t");

    private final long low;
    private final long high;

    /** As inside the brackets of a regular expression: single characters, ranges, a backslash before a plain hyphen. */
    Alphabet(String spelled) {
        BitSet set = new BitSet(128);
        for (int i = 0; i < spelled.length(); i++) {
            if (spelled.charAt(i) == '\\') {
                set.set(spelled.charAt(++i));
            } else if (i + 2 < spelled.length() && spelled.charAt(i + 1) == '-') {
                set.set(spelled.charAt(i), spelled.charAt(i + 2) + 1);
                i += 2;
            } else {
                set.set(spelled.charAt(i));
            }
        }
        long[] words = set.toLongArray();
        low = words.length > 0 ? words[0] : 0;
        high = words.length > 1 ? words[1] : 0;
    }

    /** Also for {@link Window#NOTHING}, which is in none. */
    boolean has(int character) {
        if (character < 0 || character > 127) {
            return false;
        }
        return ((character < 64 ? low >>> character : high >>> (character - 64)) & 1) != 0;
    }

    boolean hasAll(CharSequence text) {
        return text.chars().allMatch(this::has);
    }

    boolean hasAny(CharSequence text) {
        return text.chars().anyMatch(this::has);
    }
}
