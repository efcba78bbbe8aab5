package dev.holdfast.protect;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;

/**
 * Fernet tokens of one key: authenticated, and readable by any other implementation that has the key.
 *
 * <pre>
 *   base64url( 0x80 | seconds, 64 bits | IV, 16 bytes | AES-128-CBC, PKCS#7 | HMAC-SHA256 over all before )
 * </pre>
 *
 * <p>Stricter than the specification in one point: a token must be spelled exactly as an encoder spells it. Else the unused
 * bits of its last character could be changed unseen. A token's age is not checked: what is stored does not expire.
 *
 * <p>Immutable and thread-safe.
 *
 * @see <a href="https://github.com/fernet/spec/blob/master/Spec.md">Fernet specification</a>
 */
final class Fernet {
    static final int IV_BYTES = 16;

    private static final byte VERSION = (byte) 0x80;
    private static final int HEADER_BYTES = 1 + Long.BYTES + IV_BYTES;
    private static final int BLOCK_BYTES = 16;
    private static final int MAC_BYTES = 32;

    private final FernetKey key;
    /** To get one takes as long as to use it for a short token. Each is for one thread at a time. */
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(Fernet::newCipher);

    private final ThreadLocal<Mac> macs;

    Fernet(FernetKey key) {
        this.key = key;
        this.macs = ThreadLocal.withInitial(() -> newMac(key));
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/CBC/PKCS5Padding"); // as Java calls PKCS#7: its blocks are of any size
        } catch (GeneralSecurityException e) {
            throw everyPlatformHasIt(e);
        }
    }

    private static Mac newMac(FernetKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key.signing());
            return mac;
        } catch (GeneralSecurityException e) {
            throw everyPlatformHasIt(e);
        }
    }

    boolean hasKeyOf(Fernet other) {
        return key.equals(other.key);
    }

    /** A token of {@code plain}. @param iv 16 random bytes, never used twice with this key */
    byte[] seal(byte[] plain, Instant time, byte[] iv) {
        try {
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(plain);
            ByteBuffer token = ByteBuffer.allocate(HEADER_BYTES + secret.length + MAC_BYTES)
                    .put(VERSION)
                    .putLong(time.getEpochSecond())
                    .put(iv)
                    .put(secret);
            token.put(mac(token.array(), token.position()));
            return Base64.getUrlEncoder().encode(token.array());
        } catch (GeneralSecurityException e) {
            throw everyPlatformHasIt(e);
        }
    }

    /** What {@code token} holds; empty if this key did not seal it or it is not as it was sealed, whatever the reason. */
    Optional<byte[]> open(byte[] token) {
        Optional<byte[]> spelled = decode(token);
        return spelled.isPresent() && isSound(spelled.get()) ? decrypt(spelled.get()) : Optional.empty();
    }

    private static Optional<byte[]> decode(byte[] token) {
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(token);
            boolean spelledAsEncoded = Arrays.equals(Base64.getUrlEncoder().encode(decoded), token);
            return spelledAsEncoded ? Optional.of(decoded) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isSound(byte[] token) {
        int signed = token.length - MAC_BYTES;
        if (signed < HEADER_BYTES + BLOCK_BYTES || token[0] != VERSION) {
            return false;
        }
        byte[] found = Arrays.copyOfRange(token, signed, token.length);
        return MessageDigest.isEqual(mac(token, signed), found);
    }

    /** Only for a token whose signature is sound: a failure here is its maker's fault, and tells an attacker nothing. */
    private Optional<byte[]> decrypt(byte[] token) {
        byte[] iv = Arrays.copyOfRange(token, HEADER_BYTES - IV_BYTES, HEADER_BYTES);
        try {
            int length = token.length - HEADER_BYTES - MAC_BYTES;
            return Optional.of(cipher(Cipher.DECRYPT_MODE, iv).doFinal(token, HEADER_BYTES, length));
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw everyPlatformHasIt(e);
        }
    }

    private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = ciphers.get();
        cipher.init(mode, key.encryption(), new IvParameterSpec(iv));
        return cipher;
    }

    /** Leaves the thread's Mac as it found it: with the key, and nothing to sign. */
    private byte[] mac(byte[] bytes, int length) {
        Mac mac = macs.get();
        mac.update(bytes, 0, length);
        return mac.doFinal();
    }

    private static IllegalStateException everyPlatformHasIt(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has AES, CBC and HMAC-SHA256", e);
    }
}
