package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlphabetTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "abc, abc",
        "a-e, abcde",
        "xa-cy, abcxy",
        "a-cx-z, abcxyz",
        "a\\-c, -ac",
        "\\\\x, \\x",
        "-a, -a",
        "a-, -a",
        "'>-A', '>?@A'",
        "'?@', '?@'",
        "'~\\-', -~"
    })
    void alphabetHasWhatItsSpellingSays(String spelled, String characters) {
        Alphabet alphabet = new Alphabet(spelled);
        String found = IntStream.range(-1, 300)
                .filter(alphabet::has)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        assertEquals(characters, found);
    }

    @Test
    void alphabetBoundsAreThoseOfAscii() {
        Alphabet all = new Alphabet("\u0000-\u007f");
        assertTrue(all.has(0) && all.has(63) && all.has(64) && all.has(127));
        assertFalse(all.has(-1) || all.has(128) || all.has(Window.NOTHING));
    }

    @Test
    void textIsJudgedByAllOrAnyOfItsCharacters() {
        Alphabet alphabet = new Alphabet("a-c");
        assertTrue(alphabet.hasAll("abc") && alphabet.hasAll("") && alphabet.hasAny("xa"));
        assertFalse(alphabet.hasAll("abx") || alphabet.hasAny("xyz") || alphabet.hasAny(""));
    }
}
