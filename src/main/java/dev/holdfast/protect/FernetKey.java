package dev.holdfast.protect;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for {@link Fernet} tokens: 16 bytes that sign and 16 bytes that encrypt, written as 44 characters of base64url.
 * Immutable. {@link #toString} does not tell it.
 *
 * @see <a href="https://github.com/fernet/spec/blob/master/Spec.md#key-format">Fernet specification, key format</a>
 */
public final class FernetKey {
    /** How long the text of a key is, in characters, the padding included. */
    static final int TEXT_LENGTH = 44;

    private static final int HALF = 16;

    private final byte[] bytes;

    private FernetKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new key. @param random must be fit for keys: in earnest a {@link java.security.SecureRandom} */
    public static FernetKey create(RandomGenerator random) {
        byte[] bytes = new byte[2 * HALF];
        random.nextBytes(bytes);
        return new FernetKey(bytes);
    }

    /** The key that {@code text} spells; empty if it is anything but 32 bytes in base64url with its padding. */
    public static Optional<FernetKey> parse(String text) {
        if (text.length() != TEXT_LENGTH) {
            return Optional.empty();
        }
        try {
            FernetKey key = new FernetKey(Base64.getUrlDecoder().decode(text));
            return key.reveal().equals(text) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The key itself, for the one who may have it. */
    public String reveal() {
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    SecretKeySpec signing() {
        return new SecretKeySpec(bytes, 0, HALF, "HmacSHA256");
    }

    SecretKeySpec encryption() {
        return new SecretKeySpec(bytes, HALF, HALF, "AES");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FernetKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "FernetKey[not told]";
    }
}
