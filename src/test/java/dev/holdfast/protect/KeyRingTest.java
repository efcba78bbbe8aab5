package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.journal.LineCodec.UnsealException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final String OLD =
            Resources.text("formats/conversation-codec/fernet-key-1.txt").strip();
    private static final byte[] LINE = "{\"role\":\"user\",\"content\":\"你好\"}".getBytes(StandardCharsets.UTF_8);

    private final Random random = new Random(42);
    private final String fresh = KeyRing.keygen(random).strip();

    @Test
    void whatIsSealedIsOpenedAgainAndIsOneAsciiLine() throws UnsealException {
        KeyRing ring = ring(fresh);
        byte[] sealed = ring.seal(LINE);
        assertArrayEquals(LINE, ring.open(sealed));
        assertTrue(new String(sealed, StandardCharsets.ISO_8859_1).matches("gAAAAA[A-Za-z0-9_-]+=*"));
    }

    @Test
    void sameLineSealedTwiceIsNotTheSame() {
        KeyRing ring = ring(fresh);
        assertNotEquals(text(ring.seal(LINE)), text(ring.seal(LINE)));
    }

    @Test
    void olderKeysOpenAndOnlyTheNewestSeals() throws UnsealException {
        byte[] sealedLongAgo = ring(OLD).seal(LINE);
        KeyRing both = ring(fresh + "\n" + OLD);
        assertArrayEquals(LINE, both.open(sealedLongAgo));
        assertFalse(both.isSealedWithNewest(sealedLongAgo));

        byte[] sealedNow = both.seal(LINE);
        assertTrue(both.isSealedWithNewest(sealedNow));
        assertArrayEquals(LINE, ring(fresh).open(sealedNow));
        assertThrows(UnsealException.class, () -> ring(OLD).open(sealedNow));
    }

    @Test
    void everyFailureToOpenIsTheSameError() {
        KeyRing ring = ring(fresh);
        byte[] wrongKey = ring(OLD).seal(LINE);
        byte[] changed = ring.seal(LINE);
        changed[40] ^= 1;
        for (byte[] bad : List.of(wrongKey, changed, new byte[0], LINE)) {
            UnsealException error = assertThrows(UnsealException.class, () -> ring.open(bad));
            assertEquals(new UnsealException().getMessage(), error.getMessage());
            assertEquals(null, error.getCause());
        }
    }

    @Test
    void keysAreReadFromLinesAndCommasNewestFirst() {
        String third = KeyRing.keygen(random).strip();
        List<FernetKey> keys = KeyRing.parse("# keys of the store\r\n\n  " + fresh + " , " + OLD + "\n" + third + "\n");
        assertEquals(
                List.of(fresh, OLD, third), keys.stream().map(FernetKey::reveal).toList());
    }

    @Test
    void badKeyIsReportedByLineAndNeverQuoted() {
        String cut = OLD.substring(1);
        assertEquals(
                "line 3 holds no key: expected 44 characters of base64url, found 43; make a key with keygen",
                assertThrows(IllegalArgumentException.class, () -> KeyRing.parse(fresh + "\n\n" + cut))
                        .getMessage());
        assertEquals(
                "line 1 holds no key: expected 44 characters of base64url, found others; make a key with keygen",
                assertThrows(IllegalArgumentException.class, () -> KeyRing.parse(OLD.replace('n', '+')))
                        .getMessage());
        assertEquals(
                "line 1 holds no key: expected 44 characters of base64url, found 0; make a key with keygen",
                assertThrows(IllegalArgumentException.class, () -> KeyRing.parse(OLD + ","))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n \n", "# only a remark"})
    void textWithoutAKeyIsRefused(String text) {
        assertEquals(
                "no key found: expected one a line; make one with keygen",
                assertThrows(IllegalArgumentException.class, () -> KeyRing.parse(text))
                        .getMessage());
    }

    @Test
    void keyWithBitsThatNoDecoderReadsIsRefused() {
        // The last character before the padding carries two bits that a lenient decoder drops.
        char[] key = OLD.toCharArray();
        key[42]++;
        assertThrows(IllegalArgumentException.class, () -> KeyRing.parse(new String(key)));
    }

    @Test
    void ringWithoutKeysIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new KeyRing(List.of(), InstantSource.system(), random));
    }

    @Test
    void keygenMakesAKeyForAFile() {
        String text = KeyRing.keygen(random);
        assertTrue(text.endsWith("=\n"));
        assertEquals(1, KeyRing.parse(text).size());
        assertNotEquals(text, KeyRing.keygen(random));
    }

    @Test
    void renewedKeysSealWithTheNewestAndOpenWhatTheOldOneSealed() throws UnsealException {
        KeyRing ring = ring(OLD);
        byte[] before = ring.seal(LINE);
        assertTrue(ring.isSealedWithNewest(before));
        ring.renew(KeyRing.parse(fresh + "," + OLD));
        assertArrayEquals(LINE, ring.open(before));
        assertFalse(ring.isSealedWithNewest(before));
        byte[] after = ring.seal(LINE);
        assertTrue(ring.isSealedWithNewest(after));
        assertArrayEquals(LINE, ring(fresh).open(after));
    }

    @Test
    void keysThatLackTheOneInUseAreNotTaken() throws UnsealException {
        KeyRing ring = ring(OLD);
        assertThrows(IllegalArgumentException.class, () -> ring.renew(KeyRing.parse(fresh)));
        assertThrows(IllegalArgumentException.class, () -> ring.renew(List.of()));
        assertArrayEquals(LINE, ring(OLD).open(ring.seal(LINE)));
    }

    @Test
    void nothingTellsAKey() {
        FernetKey key = KeyRing.parse(OLD).get(0);
        assertEquals("FernetKey[not told]", key.toString());
        assertEquals("KeyRing[1 key, not told]", ring(OLD).toString());
        assertEquals("KeyRing[2 keys, not told]", ring(OLD + "," + fresh).toString());
    }

    @Test
    void keysAreEqualByWhatTheySpell() {
        assertEquals(KeyRing.parse(OLD), KeyRing.parse(OLD));
        assertEquals(KeyRing.parse(OLD).hashCode(), KeyRing.parse(OLD).hashCode());
        assertNotEquals(KeyRing.parse(OLD), KeyRing.parse(fresh));
        assertNotEquals(KeyRing.parse(OLD).get(0), OLD);
    }

    @Test
    void wholeFileOfConversationCodecIsRead() throws UnsealException {
        byte[] file = Resources.bytes("formats/conversation-codec/fernet-wholefile-key1.jsonl");
        byte[] plain = Resources.bytes("formats/conversation-codec/plain.jsonl");
        assertArrayEquals(plain, ring(fresh + "," + OLD).openWholeFile(file));
        assertArrayEquals(plain, ring(OLD).openWholeFile((text(file) + "\r\n").getBytes(StandardCharsets.US_ASCII)));
        assertThrows(UnsealException.class, () -> ring(fresh).openWholeFile(file));
        assertThrows(UnsealException.class, () -> ring(fresh).openWholeFile(new byte[0]));
    }

    @Test
    @Tag("slow")
    void pythonOpensWhatWeSealAndWeOpenWhatPythonSeals() throws IOException, InterruptedException, UnsealException {
        String script = """
                import sys
                from cryptography.fernet import Fernet
                f = Fernet(sys.argv[1])
                plain = f.decrypt(sys.argv[2].encode())
                sys.stdout.write(f.encrypt(plain + b'!').decode())
                """;
        KeyRing ring = ring(fresh);
        Process python = startPython(script, fresh, text(ring.seal(LINE)));
        String answer = text(python.getInputStream().readAllBytes());
        assertEquals(0, python.waitFor(), answer);
        assertEquals(
                new String(LINE, StandardCharsets.UTF_8) + "!",
                new String(ring.open(answer.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.UTF_8));
    }

    private static Process startPython(String... arguments) throws InterruptedException {
        try {
            Process check = new ProcessBuilder("python3", "-c", "import cryptography").start();
            if (check.waitFor() == 0) {
                String[] command = new String[arguments.length + 2];
                command[0] = "python3";
                command[1] = "-c";
                System.arraycopy(arguments, 0, command, 2, arguments.length);
                return new ProcessBuilder(command).redirectErrorStream(true).start();
            }
        } catch (IOException e) {
            // No python3 at all: said below.
        }
        String skipped = "SKIPPED: Fernet against Python's cryptography, which is not installed here";
        System.err.println(skipped);
        return Assumptions.abort(skipped);
    }

    private KeyRing ring(String keys) {
        return new KeyRing(KeyRing.parse(keys), InstantSource.fixed(Instant.parse("2026-11-21T05:31:00Z")), random);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
