package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Owner;
import dev.holdfast.protect.Secret;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who is who. Each browser is an owner of its own: it keeps a secret, its conversations keep the hash of it. Nothing is
 * stored for a browser that has said nothing. Thread-safe.
 */
public final class Identity {
    /** A new owner, and the secret that proves it. */
    public record Issued(Owner owner, String secret) {}

    private static final String BROWSER = "h:";

    private final RandomGenerator random;

    /** @param random unpredictable: a {@link java.security.SecureRandom} */
    public Identity(RandomGenerator random) {
        this.random = random;
    }

    public Issued issue() {
        Secret secret = Secret.createKey(random);
        return new Issued(ownerOf(secret), secret.reveal());
    }

    /** The owner that {@code secret} proves; empty if no secret has this shape. Null proves nothing. */
    public Optional<Owner> owner(String secret) {
        return Secret.parseKey(secret).map(Identity::ownerOf);
    }

    /** The hash of the secret that proves {@code browser}, by which other things of it can be named. */
    static String hash(Owner browser) {
        return browser.name().substring(BROWSER.length());
    }

    private static Owner ownerOf(Secret secret) {
        return new Owner(BROWSER + secret.hash());
    }
}
