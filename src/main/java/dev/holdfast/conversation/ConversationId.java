package dev.holdfast.conversation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Names one conversation: 26 characters of lower-case Crockford base32, the first 10 from the clock (milliseconds since
 * 1970, 50 bits), the other 16 random (80 bits). The shape is that of a <a href="https://github.com/ulid/spec">ULID</a>
 * in lower case, so ids sort by creation.
 *
 * <p>An instance is proof that the text has this shape: it can go into a path or a URL without further care.
 */
public record ConversationId(String value) implements Comparable<ConversationId> {
    public static final int LENGTH = 26;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_LENGTH = 10;

    /** @throws IllegalArgumentException if {@code value} has any other shape; the text is not quoted in the message */
    public ConversationId {
        Objects.requireNonNull(value, "value");
        if (!hasShape(value)) {
            throw new IllegalArgumentException("not a conversation id: 26 characters of lower-case base32 expected");
        }
    }

    /** A new id. {@code random} must be unpredictable (a {@code SecureRandom}) outside tests. */
    public static ConversationId create(Instant now, RandomGenerator random) {
        char[] id = new char[LENGTH];
        long time = now.toEpochMilli();
        for (int i = TIME_LENGTH - 1; i >= 0; i--) {
            id[i] = ALPHABET.charAt((int) (time & 31));
            time >>>= 5;
        }
        for (int i = TIME_LENGTH; i < LENGTH; i++) {
            id[i] = ALPHABET.charAt(random.nextInt(32));
        }
        return new ConversationId(new String(id));
    }

    /** The id that {@code text} spells, or empty if it spells none. Null is none. */
    public static Optional<ConversationId> parse(String text) {
        return text != null && hasShape(text) ? Optional.of(new ConversationId(text)) : Optional.empty();
    }

    private static boolean hasShape(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(ConversationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
