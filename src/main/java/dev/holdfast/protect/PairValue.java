package dev.holdfast.protect;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Judges whether what stands beside a key is a secret, or a reference to one, a blank to fill in, a type, a word.
 *
 * @param text without its quotes; if long, its beginning
 * @param quoted whether it stood in quotes
 * @param close whether it stood directly behind an equals sign
 */
record PairValue(String text, boolean quoted, boolean close) {
    private static final int JUDGED = 80;
    private static final int LEAST_PASSWORD = 4;
    private static final int LEAST_SECRET = 8;
    private static final Alphabet MASK = new Alphabet("*.xX_#?\\-");
    private static final Alphabet NAME = new Alphabet("0-9A-Za-z_.");
    private static final Set<String> LITERALS = Set.of(
            "null",
            "none",
            "nil",
            "true",
            "false",
            "undefined",
            "string",
            "str",
            "text",
            "required",
            "optional",
            "empty",
            "example",
            "hidden",
            "unset",
            "unknown");
    private static final List<String> REFERENCES = List.of("${", "$(", "$_", "{{", "<", "%(", "%{", "#{", "@{", "!");
    private static final List<String> BLANKS = List.of(
            "changeme", "change_me", "change-me", "replace_me", "replace-me", "replaceme", "placeholder", "redacted");

    /** A value of any length: only its beginning is judged, so that long ones cost no more. */
    static PairValue of(String text, boolean quoted, boolean close) {
        return new PairValue(text.substring(0, Math.min(text.length(), JUDGED)), quoted, close);
    }

    /** Whether it only holds the place of a secret. */
    static boolean isPlaceholder(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("your")
                || LITERALS.contains(lower)
                || REFERENCES.stream().anyMatch(text::startsWith)
                || BLANKS.stream().anyMatch(lower::contains)
                || isMask(text)
                || isVariable(text);
    }

    private static boolean isMask(String text) {
        return text.chars().allMatch(c -> MASK.has(c) || c == '•' || c == '…');
    }

    /** {@code $NAME}, {@code %NAME%}, {@code %s}. */
    private static boolean isVariable(String text) {
        if (text.startsWith("$")) {
            return Alphabet.WORD.hasAll(text.substring(1));
        }
        return text.startsWith("%") && (text.endsWith("%") || text.length() <= 2);
    }

    /** Whether {@code key} makes a secret of it. */
    boolean isSecretOf(PairKey key) {
        if (isPlaceholder(text) || PairKey.isOne(text)) {
            return false;
        }
        if (key.meansPassword()) {
            return isPassword(key);
        }
        int least = key.kind() == SecretKind.PASSWORD ? LEAST_PASSWORD + 2 : LEAST_SECRET;
        return isRandom(least) && !text.contains("://") && (quoted || !isCode());
    }

    private boolean isPassword(PairKey key) {
        if (text.length() < LEAST_PASSWORD || !quoted && (isCode() || isPathOf(key))) {
            return false;
        }
        // Without a digit it may be the name of a password: "userPassword". In quotes, blanks make it a phrase.
        return hasDigit() || quoted && text.indexOf(' ') > 0 || (quoted || close) && !PairKey.isIn(text);
    }

    /** Long enough, without blanks, and with letters and digits. */
    private boolean isRandom(int least) {
        return text.length() >= least
                && hasDigit()
                && text.chars().anyMatch(Character::isLetter)
                && text.chars().noneMatch(Character::isWhitespace);
    }

    /** Behind a word like "is": with digits and anything else. */
    boolean isNoWord() {
        return text.length() >= LEAST_PASSWORD + 2
                && hasDigit()
                && !text.chars().allMatch(Character::isDigit);
    }

    /** A call, an index, a type with its size, or names with dots between them. */
    private boolean isCode() {
        int name = 0;
        while (name < text.length() && NAME.has(text.charAt(name))) {
            name++;
        }
        boolean called = name > 0 && name < text.length() && (text.charAt(name) == '(' || text.charAt(name) == '[');
        return called
                || name == text.length() && text.indexOf('.') > 0 && !hasDigit()
                || text.startsWith("[")
                || text.startsWith("{");
    }

    /** The shell keeps its working folder in PWD. */
    private boolean isPathOf(PairKey key) {
        return key.word().equals("pwd") && (text.startsWith("/") || text.startsWith("~") || text.indexOf(":\\") == 1);
    }

    private boolean hasDigit() {
        return text.chars().anyMatch(Character::isDigit);
    }
}
