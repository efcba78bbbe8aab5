package dev.holdfast.protect;

/**
 * Redacts one text while it arrives. At most {@value Window#REACH} characters are held back, and only while they can still
 * become a secret; of a secret itself nothing is kept, however long it is. How the text is cut into pieces does not change
 * the outcome. Not thread-safe.
 */
public final class RedactingStream {
    private final Scanner scanner;
    private final StringBuilder safe = new StringBuilder();
    private boolean finished;

    RedactingStream(RedactionRules rules, Placeholders placeholders) {
        this.scanner = new Scanner(rules, new Scanner.Sink() {
            @Override
            public void text(CharSequence text, int from, int to) {
                safe.append(text, from, to);
            }

            @Override
            public void secret(String kind, String hash, long from, long to) {
                safe.append(placeholders.of(kind, hash));
            }
        });
    }

    /**
     * Takes the next piece and gives what is safe by now, perhaps nothing.
     *
     * @throws IllegalStateException if the text was finished
     */
    public String push(String piece) {
        if (finished) {
            throw new IllegalStateException("a piece came after the end of the text");
        }
        scanner.push(piece);
        return take();
    }

    /** The text is complete: gives the rest of it. A second call gives nothing. */
    public String finish() {
        if (!finished) {
            finished = true;
            scanner.finish();
        }
        return take();
    }

    private String take() {
        String taken = safe.toString();
        safe.setLength(0);
        return taken;
    }
}
