package dev.holdfast.protect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Credentials behind the words Bearer (RFC 6750) and Basic (RFC 7617), wherever they stand. Both are English words too: so a
 * bearer's token must not look like one, and Basic credentials must spell a name, a colon and a password.
 */
final class AuthorizationShape implements Shape {
    private static final Alphabet BEARER = new Alphabet("0-9A-Za-z._~+/=\\-");
    private static final int LEAST_BEARER = 12;
    private static final int MOST_BLANKS = 4;

    @Override
    public String firstCharacters() {
        return "Bb";
    }

    @Override
    public Optional<Found> look(Window window) {
        if (!window.atWordStart()) {
            return Optional.empty();
        }
        boolean bearer = window.readsAnyCase("bearer", 0);
        if (!bearer && !window.readsAnyCase("basic", 0)) {
            return Optional.empty();
        }
        int word = bearer ? "bearer".length() : "basic".length();
        int from = window.runOf(Alphabet.BLANKS, word);
        if (from == word || from > word + MOST_BLANKS) {
            return Optional.empty();
        }
        return bearer ? bearer(window, from) : basic(window, from);
    }

    private static Optional<Found> bearer(Window window, int from) {
        int to = window.runOf(BEARER, from);
        while (to < Window.REACH && to > from && window.peek(to - 1) == '.') {
            to--;
        }
        boolean token = to - from >= LEAST_BEARER && isToken(window.between(from, to));
        return token ? Optional.of(Found.run(SecretKind.AUTHORIZATION, from, to, BEARER)) : Optional.empty();
    }

    private static boolean isToken(String text) {
        if (PairValue.isPlaceholder(text)) {
            return false;
        }
        return Alphabet.DIGITS.hasAny(text) || text.endsWith("=") || changesToUpperCase(text);
    }

    /** {@code eyJhbGc}, but neither {@code Authentication} nor {@code ACCESS_TOKEN}. */
    private static boolean changesToUpperCase(String text) {
        boolean changes = false;
        for (int i = 1; i < text.length(); i++) {
            changes |= Character.isLowerCase(text.charAt(i - 1)) && Character.isUpperCase(text.charAt(i));
        }
        return changes;
    }

    private static Optional<Found> basic(Window window, int from) {
        int to = window.runOf(Alphabet.BASE64, from);
        return spellsNameAndPassword(window.between(from, to))
                ? Optional.of(Found.run(SecretKind.AUTHORIZATION, from, to, Alphabet.BASE64))
                : Optional.empty();
    }

    private static boolean spellsNameAndPassword(String base64) {
        try {
            String whole = base64.substring(0, base64.length() - base64.length() % 4);
            String text = new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
            return text.indexOf(':') >= 0 && text.chars().allMatch(c -> c >= ' ' && c != 0x7f);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
