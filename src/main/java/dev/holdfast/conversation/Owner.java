package dev.holdfast.conversation;

import java.util.Objects;

/**
 * Whose conversation it is. In open mode {@code "h:"} and the SHA-256 of a browser's secret, never the secret itself.
 *
 * @param name opaque, never empty, compared letter by letter
 */
public record Owner(String name) {
    /** The one who sits at the machine: owner of what is said in the terminal. */
    public static final Owner OPERATOR = new Owner("cli");

    public Owner {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an owner has a name");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
