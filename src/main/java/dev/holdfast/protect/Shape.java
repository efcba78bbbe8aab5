package dev.holdfast.protect;

import java.util.Optional;

/**
 * How one kind of secret looks. Looks at one position of a text and says whether one begins there, or whether a context
 * begins there (a key and an equals sign, say) that makes a secret of what follows. Immutable.
 */
interface Shape {
    /**
     * A secret, in places counted from the position of the window.
     *
     * @param kind its name in placeholders
     * @param from 0, or more behind a context, which stays
     * @param to where it ends, as far as the window reaches
     * @param rest what else belongs to it from there on: how a secret may be longer than any window
     */
    record Found(String kind, int from, int to, Rest rest) {
        static Found of(SecretKind kind, int from, int to) {
            return new Found(kind.name(), from, to, character -> false);
        }

        /** A run of such characters; if it fills the window, it goes on behind it. */
        static Found run(SecretKind kind, int from, int to, Alphabet alphabet) {
            return to < Window.REACH ? of(kind, from, to) : new Found(kind.name(), from, to, alphabet::has);
        }
    }

    /** Takes the characters behind the window one by one until it refuses one. May have a memory: one for each secret. */
    interface Rest {
        boolean takes(char character);
    }

    /** The characters that such a secret or its context can begin with; empty if any. */
    String firstCharacters();

    /** What begins at the window's position, if anything does. Looks no further than the window. */
    Optional<Found> look(Window window);
}
