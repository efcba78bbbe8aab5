package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FernetTest {
    private static final JsonObject VECTOR = JsonParser.parseString(
                    Resources.text("formats/conversation-codec/fernet-spec-vector.json"))
            .getAsJsonObject();
    private static final FernetKey KEY =
            FernetKey.parse(VECTOR.get("key").getAsString()).orElseThrow();
    private static final byte[] TOKEN = ascii(VECTOR.get("token").getAsString());
    private static final Instant TIME = Instant.ofEpochSecond(VECTOR.get("time").getAsLong());

    private final Fernet fernet = new Fernet(KEY);

    @Test
    void sealMakesTheTokenOfTheSpecification() {
        byte[] iv = new byte[16];
        for (int i = 0; i < iv.length; i++) {
            iv[i] = VECTOR.getAsJsonArray("iv").get(i).getAsByte();
        }
        assertEquals(
                VECTOR.get("token").getAsString(),
                new String(fernet.seal(ascii("hello"), TIME, iv), StandardCharsets.US_ASCII));
    }

    @Test
    void openReadsTheTokenOfTheSpecification() {
        assertArrayEquals(ascii("hello"), fernet.open(TOKEN).orElseThrow());
    }

    @Test
    void everySizeComesBackAsItWas() {
        Random random = new Random(7);
        for (int size = 0; size <= 200; size++) {
            byte[] plain = new byte[size];
            random.nextBytes(plain);
            byte[] token = fernet.seal(plain, TIME, new byte[16]);
            assertArrayEquals(plain, fernet.open(token).orElseThrow(), "size " + size);
        }
    }

    @Test
    void tokenWithAnyBitFlippedIsRefused() {
        // All three lengths of padding, so that the unused bits of the last character are among those flipped.
        for (int size : new int[] {5, 16, 32}) {
            byte[] token = fernet.seal(new byte[size], TIME, new byte[16]);
            for (int bit = 0; bit < token.length * 8; bit++) {
                byte[] changed = token.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertTrue(fernet.open(changed).isEmpty(), "bit " + bit + " of a token of " + size + " bytes");
            }
        }
    }

    @Test
    void tokenOfAnyOtherLengthIsRefused() {
        for (int length = 0; length < TOKEN.length; length++) {
            assertTrue(fernet.open(Arrays.copyOf(TOKEN, length)).isEmpty(), "cut to " + length);
        }
        assertTrue(fernet.open(ascii(new String(TOKEN, StandardCharsets.US_ASCII) + "="))
                .isEmpty());
        assertTrue(fernet.open(ascii(new String(TOKEN, StandardCharsets.US_ASCII) + "\n"))
                .isEmpty());
    }

    @Test
    void noiseIsRefused() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            assertTrue(fernet.open(noise).isEmpty());
            assertTrue(fernet.open(Base64.getUrlEncoder().encode(noise)).isEmpty());
        }
    }

    @Test
    void tokenOfAnotherKeyIsRefused() {
        assertEquals(Optional.empty(), new Fernet(FernetKey.create(new Random(1))).open(TOKEN));
    }

    /** Signed with the right key, so that only what stands behind the signature is wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"version", "no block", "half a block", "padding"})
    void signedTokenThatIsNotSoundIsRefused(String fault) throws GeneralSecurityException {
        byte[] token = Base64.getUrlDecoder().decode(TOKEN);
        byte[] signed = Arrays.copyOf(token, token.length - 32);
        byte[] forged = switch (fault) {
            case "version" -> {
                signed[0] = (byte) 0x81;
                yield signed;
            }
            case "no block" -> Arrays.copyOf(signed, 25);
            case "half a block" -> Arrays.copyOf(signed, signed.length + 8);
            default -> withoutPadding(signed);
        };
        assertEquals(Optional.empty(), fernet.open(sign(forged)));
    }

    @Test
    void signedTokenThatIsSoundIsOpened() throws GeneralSecurityException {
        byte[] token = Base64.getUrlDecoder().decode(TOKEN);
        assertArrayEquals(TOKEN, sign(Arrays.copyOf(token, token.length - 32)));
    }

    private static byte[] withoutPadding(byte[] signed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, KEY.encryption(), new IvParameterSpec(signed, 9, 16));
        byte[] block = cipher.doFinal(new byte[16]);
        System.arraycopy(block, 0, signed, 25, 16);
        return signed;
    }

    private static byte[] sign(byte[] bytes) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(KEY.signing());
        byte[] token = Arrays.copyOf(bytes, bytes.length + 32);
        System.arraycopy(mac.doFinal(bytes), 0, token, bytes.length, 32);
        return Base64.getUrlEncoder().encode(token);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
