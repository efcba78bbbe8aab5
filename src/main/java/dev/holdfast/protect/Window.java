package dev.holdfast.protect;

/**
 * What a {@link Shape} may see of a text: {@value #REACH} characters from a position on, and {@value #BACK} before it.
 *
 * <p>The text may not have arrived whole. Who looks past what is there makes the window <em>starved</em>; whatever was
 * concluded from it does not count and is asked again later. So a shape is written as if the text were complete, and how
 * the text was cut into pieces cannot matter. Not thread-safe.
 */
final class Window {
    /** How far a shape may look ahead, in UTF-16 units: at once the bound of what a stream holds back. */
    static final int REACH = 512;

    /** How far it may look back. */
    static final int BACK = 64;

    /** What {@link #peek} gives where there is no character: outside the text, or of the window. */
    static final int NOTHING = -1;

    private CharSequence text = "";
    private int at;
    private int end;
    private boolean complete;
    private boolean starved;
    private long steps;

    /** Opens it at a position. @param complete whether nothing comes after {@code end} */
    void open(CharSequence text, int at, int end, boolean complete) {
        this.text = text;
        this.at = at;
        this.end = end;
        this.complete = complete;
        this.starved = false;
    }

    /** The character so many places further on, or before if negative; {@link #NOTHING} if there is none. */
    int peek(int offset) {
        steps++;
        int index = at + offset;
        if (offset >= REACH || offset < -BACK || index < 0) {
            return NOTHING;
        }
        if (index >= end) {
            starved |= !complete;
            return NOTHING;
        }
        return text.charAt(index);
    }

    /** A stretch inside the window, as far as there is text. */
    String between(int from, int to) {
        starved |= !complete && at + to > end;
        return text.subSequence(Math.min(at + from, end), Math.min(at + to, end))
                .toString();
    }

    /** Where the run of such characters ends that begins at {@code from}; at most {@link #REACH}. */
    int runOf(Alphabet alphabet, int from) {
        return runOf(alphabet, from, REACH);
    }

    /** The same for a run of which only so many characters are of interest. */
    int runOf(Alphabet alphabet, int from, int most) {
        int to = from;
        while (to < from + most && alphabet.has(peek(to))) {
            to++;
        }
        return to;
    }

    /** Whether {@code word} stands here; its letters are compared as they are. */
    boolean reads(String word, int from) {
        for (int i = 0; i < word.length(); i++) {
            if (peek(from + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code lowerCase} stands here, in whatever case. */
    boolean readsAnyCase(String lowerCase, int from) {
        for (int i = 0; i < lowerCase.length(); i++) {
            if (Character.toLowerCase(peek(from + i)) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a word can begin here: nothing before it, a character other than letter, digit and underscore, or the end
     * of an escape as in {@code \n} of a JSON text and {@code %3D} of a URL.
     */
    boolean atWordStart() {
        int before = peek(-1);
        return !Alphabet.WORD.has(before)
                || peek(-2) == '\\' && (before == 'n' || before == 'r' || before == 't')
                || peek(-3) == '%' && Alphabet.HEX.has(peek(-2)) && Alphabet.HEX.has(before);
    }

    boolean starved() {
        return starved;
    }

    /** How often a character was looked at since this window was made: the measure of the work done. */
    long steps() {
        return steps;
    }
}
