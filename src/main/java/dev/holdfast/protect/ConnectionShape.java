package dev.holdfast.protect;

import java.util.Optional;

/**
 * The password in {@code scheme://user:password@host} (RFC 3986, section 3.2.1). The last at sign before the host
 * counts: passwords with an unencoded one occur.
 */
final class ConnectionShape implements Shape {
    private static final String SEPARATOR = "://";
    private static final int LONGEST_USER = 96;
    private static final int LONGEST_PASSWORD = 256;
    private static final int LEAST_PASSWORD = 3;
    private static final Alphabet NOT_IN_USER = new Alphabet(" \t\r\n\"'`<>/?#@:\\\\");
    private static final Alphabet NOT_IN_PASSWORD = new Alphabet(" \t\r\n\"'`<>/\\\\");
    private static final Alphabet HOST = new Alphabet("0-9A-Za-z[_");

    @Override
    public String firstCharacters() {
        return ":";
    }

    @Override
    public Optional<Found> look(Window window) {
        if (!window.reads(SEPARATOR, 0) || !Alphabet.ALPHANUMERIC.has(window.peek(-1))) {
            return Optional.empty();
        }
        int user = SEPARATOR.length();
        int colon = user;
        while (colon < user + LONGEST_USER && isIn(window.peek(colon), NOT_IN_USER)) {
            colon++;
        }
        if (window.peek(colon) != ':') {
            return Optional.empty();
        }
        int from = colon + 1;
        int to = lastAtSign(window, from);
        if (to - from < LEAST_PASSWORD || !HOST.has(window.peek(to + 1))) {
            return Optional.empty();
        }
        String password = window.between(from, to);
        return PairValue.isPlaceholder(password) || PairKey.isOne(password)
                ? Optional.empty()
                : Optional.of(Found.of(SecretKind.PASSWORD, from, to));
    }

    private static int lastAtSign(Window window, int from) {
        int found = from;
        int place = from;
        while (place < from + LONGEST_PASSWORD && isIn(window.peek(place), NOT_IN_PASSWORD)) {
            if (window.peek(place) == '@') {
                found = place;
            }
            place++;
        }
        return found;
    }

    private static boolean isIn(int character, Alphabet excluded) {
        return character != Window.NOTHING && !excluded.has(character);
    }
}
