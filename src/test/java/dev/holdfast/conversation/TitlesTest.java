package dev.holdfast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TitlesTest {
    @Test
    void aShortTextIsItsOwnTitleOnOneLine() {
        assertEquals("Plan a garden", Titles.of("  Plan\n\ta   garden \r\n"));
        assertEquals("", Titles.of(" \n "));
        assertEquals("", Titles.of(""));
        assertEquals("x".repeat(60), Titles.of("x".repeat(60)));
    }

    @Test
    void aLongTextIsCutBetweenWords() {
        String title = Titles.of("word ".repeat(30));
        assertEquals("word ".repeat(10) + "word word…", title);
    }

    @Test
    void aWordWithoutEndIsCutInTheMiddle() {
        assertEquals("x".repeat(59) + "…", Titles.of("x".repeat(61)));
        assertEquals("a " + "x".repeat(57) + "…", Titles.of("a " + "x".repeat(100)));
    }

    @Test
    void noSurrogatePairIsSplit() {
        for (int lead = 0; lead < 4; lead++) {
            String title = Titles.of("x".repeat(lead) + "😀".repeat(400));
            assertTrue(title.length() <= Titles.LONGEST, title);
            String words = title.substring(0, title.length() - 1);
            assertFalse(Character.isHighSurrogate(words.charAt(words.length() - 1)), title);
        }
    }

    @Test
    void controlCharactersDoNotReachATitle() {
        assertEquals("a b", Titles.of("a\u001b\u0000\u009b\u0085b"));
    }
}
