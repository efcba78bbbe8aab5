package dev.holdfast.journal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Seals by a checksum with a key, and hides nothing: for tests, which want the same bytes every time. */
final class ToyCodec implements LineCodec {
    private static final int SUM = 16;

    private final List<String> keys;

    /** @param keys the newest first */
    ToyCodec(String... keys) {
        this.keys = List.of(keys);
    }

    @Override
    public byte[] seal(byte[] plain) {
        byte[] sealed = Arrays.copyOf(plain, plain.length + SUM);
        System.arraycopy(sum(keys.get(0), plain), 0, sealed, plain.length, SUM);
        return Base64.getUrlEncoder().encode(sealed);
    }

    @Override
    public byte[] open(byte[] sealed) throws UnsealException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            throw new UnsealException();
        }
        if (bytes.length >= SUM && Arrays.equals(sealed, Base64.getUrlEncoder().encode(bytes))) {
            byte[] plain = Arrays.copyOf(bytes, bytes.length - SUM);
            byte[] found = Arrays.copyOfRange(bytes, plain.length, bytes.length);
            for (String key : keys) {
                if (Arrays.equals(found, sum(key, plain))) {
                    return plain;
                }
            }
        }
        throw new UnsealException();
    }

    private static byte[] sum(String key, byte[] plain) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal(plain), SUM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
