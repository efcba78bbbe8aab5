package dev.holdfast.conversation;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose conversation it is. Where nobody signs in, {@code "h:"} and the SHA-256 of a browser's secret, never the secret
 * itself; else {@code "mail:"} and an e-mail address in lower case, or {@code "proxy:"} and the name that a proxy gives.
 *
 * @param name opaque, never empty, compared letter by letter
 */
public record Owner(String name) {
    private static final String MAIL = "mail:";
    private static final String PROXY = "proxy:";

    /** The one who sits at the machine: owner of what is said in the terminal. */
    public static final Owner OPERATOR = new Owner("cli");

    public Owner {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an owner has a name");
        }
    }

    /** Who reads mail at {@code address}. Case does not matter. */
    public static Owner ofAddress(String address) {
        return new Owner(MAIL + address.toLowerCase(Locale.ROOT));
    }

    /** Whom a proxy names so: by an address the same person as {@link #ofAddress} tells. */
    public static Owner ofName(String name) {
        return name.contains("@") ? ofAddress(name) : new Owner(PROXY + name);
    }

    /** The address at which this person reads mail, in lower case; empty if none is known. */
    public Optional<String> address() {
        return name.startsWith(MAIL) ? Optional.of(name.substring(MAIL.length())) : Optional.empty();
    }

    /** What this person is called where they sign in; empty for browsers and the operator's terminal. */
    public Optional<String> person() {
        return name.startsWith(PROXY) ? Optional.of(name.substring(PROXY.length())) : address();
    }

    @Override
    public String toString() {
        return name;
    }
}
