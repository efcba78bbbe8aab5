package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactingStreamTest {
    private static final RedactionRules ALL = new RedactionRules(
            EnumSet.allOf(SecretKind.class), List.of(new CustomPattern("TICKET", "\\bTICKET-\\d{4,8}\\b")));
    private static final RedactionRules SECRETS = RedactionRules.secrets();
    private static final String AWS = "AKIAIOSFODNN7EXAMPLE";

    @Test
    void everyLineOfTheCorpusComesOutTheSameHoweverItIsCut() {
        Random random = new Random(20261121);
        for (Corpus.Line line : Corpus.lines()) {
            assertSameInPieces(line.text(), random);
        }
    }

    /** Longer texts, in which secrets, their beginnings and halves of them follow each other without a gap. */
    @Test
    @Tag("slow")
    void textsMadeOfPartsOfTheCorpusComeOutTheSameHoweverTheyAreCut() {
        long seed = 4711;
        Random random = new Random(seed);
        List<String> lines = Corpus.lines().stream().map(Corpus.Line::text).toList();
        for (int round = 0; round < 150; round++) {
            StringBuilder text = new StringBuilder();
            for (int part = 0; part < 12; part++) {
                String line = lines.get(random.nextInt(lines.size()));
                int from = random.nextInt(line.length());
                text.append(line, random.nextBoolean() ? 0 : from, random.nextInt(from, line.length()));
                text.append(random.nextBoolean() ? " " : random.nextBoolean() ? "😀\n" : "");
            }
            assertSameInPieces(text.toString(), random);
        }
    }

    private static void assertSameInPieces(String text, Random random) {
        String whole = inPieces(text, List.of(text));
        assertEquals(whole, inPieces(text, cut(text, () -> 1)), "character by character");
        assertEquals(whole, inPieces(text, cut(text, () -> random.nextInt(1, 40))), "in small pieces");
        assertEquals(whole, inPieces(text, cut(text, () -> random.nextInt(0, 700))), "in large pieces");
    }

    private static List<String> cut(String text, IntSupplier size) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int to = Math.min(text.length(), at + size.getAsInt());
            pieces.add(text.substring(at, to));
            at = to;
        }
        return pieces;
    }

    private static String inPieces(String text, List<String> pieces) {
        assertEquals(text, String.join("", pieces));
        RedactingStream stream = new RedactingStream(ALL, new Placeholders());
        return pieces.stream().map(stream::push).collect(Collectors.joining()) + stream.finish();
    }

    @Test
    void whatIsGivenOutBeforeTheEndIsNeverTakenBack() {
        for (Corpus.Line line : Corpus.lines()) {
            String whole = inPieces(line.text(), List.of(line.text()));
            RedactingStream stream = new RedactingStream(ALL, new Placeholders());
            StringBuilder shown = new StringBuilder();
            for (String piece : cut(line.text(), () -> 3)) {
                shown.append(stream.push(piece));
                assertTrue(whole.startsWith(shown.toString()), line.text());
            }
        }
    }

    @Test
    void ordinaryTextIsGivenOutAtOnce() {
        RedactingStream stream = new RedactingStream(SECRETS, new Placeholders());
        assertEquals("Nice to meet you, O", stream.push("Nice to meet you, O"));
        assertEquals("lga! ", stream.push("lga! "));
        assertEquals("", stream.finish());
    }

    @Test
    void beginningOfASecretIsHeldBackUntilItIsNone() {
        RedactingStream stream = new RedactingStream(SECRETS, new Placeholders());
        assertEquals("key ", stream.push("key AKIAIOSF"));
        assertEquals("AKIAIOSF is cut.", stream.push(" is cut. ").strip());
        assertEquals("", stream.push(AWS));
        assertEquals("<AWS_KEY_0>.", stream.push(".") + stream.finish());
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(
            strings = {
                "AKIA",
                "password=",
                "password: \"",
                "Authorization: Bearer ",
                "postgres://user:",
                "sk-ant-",
                "eyJ",
                "-----BEGIN ",
                "a.b.c.d@",
                "+49 ",
                "0123456789 ",
                "2001:db8:",
                "x",
                "密码：",
                "ghp_x"
            })
    void heldBackTextIsBoundedWhateverComes(String part) {
        Scanner scanner = new Scanner(ALL, new Scanner.Sink() {
            @Override
            public void text(CharSequence text, int from, int to) {}

            @Override
            public void secret(String kind, String hash, long from, long to) {}
        });
        String text = part.repeat(5_000 / part.length());
        for (int i = 0; i < text.length(); i++) {
            scanner.push(text.substring(i, i + 1));
            assertTrue(scanner.heldBack() <= Window.REACH, "held back: " + scanner.heldBack());
        }
    }

    @Test
    void secretLongerThanTheWindowIsTakenOutWhole() {
        String body = new Random(3)
                .ints(20_000, 0, 62)
                .mapToObj(i -> "" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".charAt(i))
                .collect(Collectors.joining());
        assertEquals("<ANTHROPIC_KEY_0> and", redact("sk-ant-api03-" + body + " and"));
        assertEquals("Bearer <AUTHORIZATION_0> and", redact("Bearer " + body + " and"));
        assertEquals("password=<PASSWORD_0> and", redact("password=" + body + " and"));
        assertEquals("password: \"<PASSWORD_0>\" and", redact("password: \"" + body + "\" and"));
        assertEquals("<JWT_0> and", redact("eyJ" + body + "." + body + "." + body + " and"));
        assertEquals("<JWT_0> and", redact("eyJhbGciOiJIUzI1NiJ9." + body + "." + body + " and"));
    }

    @Test
    void privateKeyOfAnyLengthIsSwallowedUpToItsEndWithoutMemory() {
        StringBuilder told = new StringBuilder();
        Scanner scanner = new Scanner(SECRETS, new Scanner.Sink() {
            @Override
            public void text(CharSequence text, int from, int to) {
                told.append(text, from, to);
            }

            @Override
            public void secret(String kind, String hash, long from, long to) {
                assertEquals("PRIVATE_KEY", kind);
                assertEquals(told.length(), from);
                told.append("<").append(to - from).append(">");
            }
        });
        scanner.push("before -----BEGIN RSA PRIVATE KEY-----\n");
        String line = "MIIEpAIBAAKCAQEA7bq98Qw2Zy1kT5gHjLmNpRsVxYz0123456789+/ABCDEFGHI\n";
        for (int i = 0; i < 20_000; i++) {
            scanner.push(line);
            assertTrue(scanner.heldBack() <= Window.REACH);
        }
        scanner.push("-----END RSA PRIVATE KEY-----after");
        scanner.finish();
        int length = "-----BEGIN RSA PRIVATE KEY-----\n".length()
                + 20_000 * line.length()
                + "-----END RSA PRIVATE KEY-----".length();
        assertEquals("before <" + length + ">after", told.toString());
    }

    @Test
    void privateKeyThatNeverEndsIsSwallowedToTheEnd() {
        assertEquals(
                "<PRIVATE_KEY_0>",
                redact("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n--- not the end ---\nAAAA"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"------END PRIVATE KEY-----", "----- -----END PRIVATE KEY-----", "-----EN-----END KEY-----"})
    void endOfAPrivateKeyIsFoundAmongHyphens(String end) {
        assertEquals(
                "<PRIVATE_KEY_0>.", redact("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n" + end + "."));
    }

    @Test
    void twoSecretsWithoutAGapAreTwo() {
        assertEquals("<AWS_KEY_0>,<AWS_KEY_1>", redact(AWS + ",AKIAI44QH7DHBEXAMPLE"));
    }

    @Test
    void secretBehindAnEscapeIsFound() {
        assertEquals("a\\n<AWS_KEY_0> b%3D<AWS_KEY_0>", redact("a\\n" + AWS + " b%3D" + AWS));
    }

    @Test
    void redactedTextStaysAsItIs() {
        for (Corpus.Line line : Corpus.lines()) {
            String once = redact(line.text());
            assertEquals(once, redact(once));
        }
    }

    @Test
    void surrogatePairIsNeverGivenOutByHalves() {
        RedactingStream stream = new RedactingStream(SECRETS, new Placeholders());
        assertEquals("o", stream.push("o\ud83d"));
        assertEquals("\ud83d\ude00", stream.push("\ude00"));
        assertEquals("", stream.push("\ud83d"));
        assertEquals("\ud83d", stream.finish());
    }

    @Test
    void pieceBehindTheEndIsRefused() {
        RedactingStream stream = new RedactingStream(SECRETS, new Placeholders());
        stream.push("AKIA");
        assertEquals("AKIA", stream.finish());
        assertEquals("", stream.finish());
        assertThrows(IllegalStateException.class, () -> stream.push("x"));
    }

    private static String redact(String text) {
        RedactingStream stream = new RedactingStream(SECRETS, new Placeholders());
        return stream.push(text) + stream.finish();
    }
}
