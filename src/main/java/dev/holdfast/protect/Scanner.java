package dev.holdfast.protect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Finds the secrets of one text that arrives in pieces. The text goes to a {@link Sink} as soon as nothing in it can
 * become a secret any more; a secret goes there as a hash, when it has ended.
 *
 * <pre>
 *   … told already …│ looked at, waits for more (at most {@value Window#REACH}) │ pieces to come
 *                   at
 * </pre>
 *
 * <p>At each position every shape that can begin with its character is asked. The widest secret wins, of equals the first.
 * A shape that finds only a context makes a plan: its secret is taken when its place comes, unless another secret, not a
 * mere personal datum, found there is as wide, or one has swallowed that place.
 *
 * <p>Memory is bounded by the window and the piece, work by the length of the text times the window. Not thread-safe.
 */
final class Scanner {
    /** Takes what was scanned. */
    interface Sink {
        /** Text without a secret. */
        void text(CharSequence text, int from, int to);

        /**
         * A secret.
         *
         * @param kind its name in placeholders
         * @param hash SHA-256 of it
         * @param from where it began in the whole text, in UTF-16 units
         * @param to where it ended, exclusive
         */
        void secret(String kind, String hash, long from, long to);
    }

    private record Plan(long from, long to, Shape.Found found) {}

    private final RedactionRules rules;
    private final Sink sink;
    private final Window window = new Window();
    private final StringBuilder text = new StringBuilder();

    /** How many characters of the whole text stand before {@link #text}. */
    private long dropped;

    private int told;
    private int at;
    private Plan plan;

    private Shape.Found secret;
    private long secretFrom;
    private MessageDigest secretHash;

    Scanner(RedactionRules rules, Sink sink) {
        this.rules = rules;
        this.sink = sink;
    }

    /** The next piece of the text. */
    void push(CharSequence piece) {
        text.append(piece);
        int end = text.length();
        boolean halfPair = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        scan(halfPair ? end - 1 : end, false);
    }

    /** The text is complete. */
    void finish() {
        scan(text.length(), true);
        if (secret != null) {
            endSecret();
        }
    }

    /** How much text waits for more before it is told, in UTF-16 units. */
    int heldBack() {
        return text.length() - at;
    }

    long steps() {
        return window.steps();
    }

    private void scan(int end, boolean complete) {
        boolean enough = true;
        while (enough && at < end) {
            if (secret != null) {
                swallowRest(end);
            } else {
                enough = step(end, complete);
            }
        }
        tellText();
        forget();
    }

    /** Settles one position. False if it cannot be settled before more text comes. */
    private boolean step(int end, boolean complete) {
        Shape.Found best = null;
        Plan next = plan;
        for (Shape shape : rules.shapesFor(text.charAt(at))) {
            window.open(text, at, end, complete);
            Optional<Shape.Found> found = shape.look(window);
            if (window.starved()) {
                return false;
            }
            if (found.isPresent() && rules.takes(found.get().kind())) {
                if (found.get().from() == 0) {
                    best = wider(best, found.get());
                } else {
                    next = nearer(next, found.get());
                }
            }
        }
        long place = dropped + at;
        boolean planned = plan != null && plan.from() == place;
        if (planned && (best == null || rules.yields(best.kind()) || place + best.to() < plan.to())) {
            best = plan.found();
        }
        plan = next;
        if (best == null) {
            at++;
        } else {
            beginSecret(best);
        }
        return true;
    }

    private static Shape.Found wider(Shape.Found best, Shape.Found found) {
        return best == null || found.to() > best.to() ? found : best;
    }

    /** The plan for what a context found, unless there is one for a place before. */
    private Plan nearer(Plan next, Shape.Found found) {
        long place = dropped + at;
        long from = place + found.from();
        if (next != null && next.from() > place && next.from() <= from) {
            return next;
        }
        Shape.Found there = new Shape.Found(found.kind(), 0, found.to() - found.from(), found.rest());
        return new Plan(from, place + found.to(), there);
    }

    private void beginSecret(Shape.Found found) {
        tellText();
        secret = found;
        secretFrom = dropped + at;
        secretHash = Sha256.digest();
        for (int i = 0; i < found.to(); i++) {
            swallow();
        }
    }

    private void swallowRest(int end) {
        while (at < end && secret.rest().takes(text.charAt(at))) {
            swallow();
        }
        if (at < end) {
            endSecret();
        }
    }

    private void swallow() {
        update(secretHash, text.charAt(at++));
    }

    private void endSecret() {
        told = at;
        sink.secret(secret.kind(), spelled(secretHash), secretFrom, dropped + at);
        secret = null;
    }

    private void tellText() {
        if (secret == null && told < at) {
            sink.text(text, told, at);
            told = at;
        }
    }

    /** Lets go of all that no shape can look back at. */
    private void forget() {
        int past = Math.max(0, at - Window.BACK);
        text.delete(0, past);
        dropped += past;
        at -= past;
        told = at;
    }

    /** The hash that a {@link Sink} is given of such a secret. */
    static String hashOf(CharSequence secret) {
        MessageDigest hash = Sha256.digest();
        secret.chars().forEach(character -> update(hash, (char) character));
        return spelled(hash);
    }

    private static void update(MessageDigest hash, char character) {
        hash.update((byte) (character >> 8));
        hash.update((byte) character);
    }

    private static String spelled(MessageDigest hash) {
        return new String(hash.digest(), StandardCharsets.ISO_8859_1);
    }
}
