package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntropyShapeTest {
    private static final String TAKEN = "<HIGH_ENTROPY_0>";

    @Test
    void runOfUsualLengthIsTaken() {
        assertStays(run(31, 30));
        assertTaken(run(32, 31));
        assertTaken(run(200, 199));
        assertStays(run(201, 200));
    }

    @Test
    void paddingBelongsToTheRun() {
        assertEquals(TAKEN + ".", redact(run(40, 39) + "==."));
        assertEquals(TAKEN, redact(run(32, 31) + "="));
        assertStays(run(31, 30) + "==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "9", "+", "_", "-"})
    void runInsideALongerOneStays(String before) {
        assertStays(before + run(200, 199));
    }

    @Test
    void classChangesAtLeastAtEverySecondPlaceOrSo() {
        assertTaken(run(101, 42));
        assertStays(run(101, 41));
    }

    @Test
    void runWithoutOneOfTheClassesStays() {
        assertStays("aB".repeat(20) + "cDeFgHiJkLmNoPqRsTuVwXyZ");
        assertStays("a1".repeat(20) + "c2e3g4i5k6m7o8q9s0u1w2y3");
        assertStays("A1".repeat(20) + "C2E3G4I5K6M7O8Q9S0U1W2Y3");
    }

    @Test
    void runOfFewCharactersStays() {
        assertStays("aB1cD2eF3gH4i".repeat(4));
        assertTaken("aB1cD2eF3gH4iJ".repeat(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iVBORw0KGgo",
                "R0lGOD",
                "UklGR",
                "PHN2Zy",
                "d09GM",
                "AAAA",
                "sha256-",
                "sha384-",
                "sha512-",
                "MII",
                "MFkw",
                "MCow"
            })
    void imageFontDigestOrPublicKeyStays(String beginning) {
        assertStays(beginning + run(60, 59));
    }

    @Test
    void partOfAPathIsNoPartOfTheRun() {
        assertEquals("/" + TAKEN, redact("/" + run(40, 39)));
        assertEquals("usr/" + TAKEN, redact("usr/" + run(40, 39)));
        assertEquals("2026/" + TAKEN, redact("2026/" + run(40, 39)));
        assertTaken("Usr/" + run(40, 39));
        assertTaken("20a/" + run(40, 39));
        assertTaken("u/" + run(40, 39));
        assertTaken("7/" + run(40, 39));
    }

    /** So many characters of all classes; so many of them are of another class than the one before. */
    private static String run(int length, int changes) {
        StringBuilder run = new StringBuilder();
        for (int i = 0; i < length; i++) {
            run.append(
                    switch (Math.min(i, changes) % 3) {
                        case 0 -> (char) ('A' + i * 7 % 26);
                        case 1 -> (char) ('a' + i * 11 % 26);
                        default -> (char) ('0' + i * 3 % 10);
                    });
        }
        return run.toString();
    }

    private static void assertTaken(String text) {
        assertEquals(TAKEN, redact(text));
    }

    private static void assertStays(String text) {
        assertEquals(text, redact(text));
    }

    private static String redact(String text) {
        RedactionRules rules = new RedactionRules(EnumSet.of(SecretKind.HIGH_ENTROPY), List.of());
        return new Redactor(rules, Optional.empty(), new Placeholders()).redact(text);
    }
}
