package dev.holdfast.bench;

/** A piece of text that says when it was made, in microseconds of the machine's monotonic clock, and is filled up with words. */
final class Token {
    /** Of 20 tokens a second. */
    static final int PERIOD_MILLIS = 50;

    /** As long as a token that says nothing but its time. */
    static final int SHORTEST = 10;

    private static final int DIGITS = SHORTEST - 1;
    private static final int TURNOVER = 1_000_000_000;
    private static final String WORDS = "so it is, ";

    private Token() {}

    /** @param length in characters, at least {@link #SHORTEST} */
    static String now(int length) {
        StringBuilder text = new StringBuilder(length).append(TURNOVER + micros());
        text.setCharAt(0, ' ');
        text.deleteCharAt(0).append(' ');
        while (text.length() < length) {
            text.append(WORDS, 0, Math.min(WORDS.length(), length - text.length()));
        }
        return text.toString();
    }

    /** How many microseconds ago the token was made that begins at {@code index}. */
    static int age(CharSequence text, int index) {
        return Math.floorMod(micros() - Integer.parseInt(text, index, index + DIGITS, 10), TURNOVER);
    }

    private static int micros() {
        return (int) (System.nanoTime() / 1000 % TURNOVER);
    }
}
