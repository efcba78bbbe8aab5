package dev.holdfast.protect;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A bearer's secret: whoever has it, may. Only its hash is ever kept. As all secrets here are random and long, one round
 * of SHA-256 without salt is enough: there is nothing to guess.
 *
 * <p>{@link #toString} does not tell it.
 */
public final class Secret {
    private static final int KEY_BYTES = 32;
    private static final int CODE_LENGTH = 16;
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** 256 random bits, written as 43 characters of base64url: for a cookie or a resume link. */
    public static Secret createKey(RandomGenerator random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** 80 random bits, written as 16 characters of Crockford's base32: for typing. */
    public static Secret createCode(RandomGenerator random) {
        StringBuilder code = new StringBuilder(CODE_LENGTH);
        for (int i = 0; i < CODE_LENGTH; i++) {
            code.append(CROCKFORD.charAt(random.nextInt(CROCKFORD.length())));
        }
        return new Secret(code.toString());
    }

    /** The key that {@code text} spells; empty if it has another shape. Null has none. */
    public static Optional<Secret> parseKey(String text) {
        return text != null && text.matches("[A-Za-z0-9_-]{43}") ? Optional.of(new Secret(text)) : Optional.empty();
    }

    /**
     * The code that a person typed: case, blanks and hyphens do not matter, and neither does taking O for 0 or I and L
     * for 1. Empty if it has another shape.
     */
    public static Optional<Secret> parseCode(String typed) {
        if (typed == null || typed.length() > 4 * CODE_LENGTH) {
            return Optional.empty();
        }
        String code = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return code.matches("[0-9A-HJKMNP-TV-Z]{16}") ? Optional.of(new Secret(code)) : Optional.empty();
    }

    /** The secret itself, for the one who may have it. */
    public String reveal() {
        return text;
    }

    /** The same in groups of four, for reading and typing. */
    public String revealGrouped() {
        return text.replaceAll("(.{4})(?!$)", "$1-");
    }

    /** SHA-256 of it, 64 hexadecimal digits: what may be kept. */
    public String hash() {
        return Sha256.hex(text);
    }

    @Override
    public String toString() {
        return "Secret[not told]";
    }
}
