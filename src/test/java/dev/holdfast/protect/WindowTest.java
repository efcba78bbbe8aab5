package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {
    private final String text = "b".repeat(Window.BACK) + "a".repeat(Window.REACH) + "z";
    private final Window window = new Window();

    @BeforeEach
    void openInTheMiddleOfACompleteText() {
        window.open(text, Window.BACK, text.length(), true);
    }

    @Test
    void nothingIsSeenBeyondItsReach() {
        assertEquals('a', window.peek(Window.REACH - 1));
        assertEquals(Window.NOTHING, window.peek(Window.REACH));
        assertEquals('b', window.peek(-Window.BACK));
        window.open("z" + text, Window.BACK + 1, text.length() + 1, true);
        assertEquals(Window.NOTHING, window.peek(-Window.BACK - 1));
        window.open(text, 1, text.length(), true);
        assertEquals('b', window.peek(-1));
        assertEquals(Window.NOTHING, window.peek(-2));
        assertFalse(window.starved());
    }

    @Test
    void whatHasNotArrivedStarvesIt() {
        window.open("abc", 0, 3, false);
        assertEquals('c', window.peek(2));
        assertEquals("abc", window.between(0, 3));
        assertFalse(window.starved());
        assertEquals(Window.NOTHING, window.peek(3));
        assertTrue(window.starved());
        window.open("abc", 0, 3, false);
        assertFalse(window.starved());
        assertEquals("bc", window.between(1, 4));
        assertTrue(window.starved());
    }

    @Test
    void endOfACompleteTextStarvesNobody() {
        window.open("abc", 0, 3, true);
        assertEquals(Window.NOTHING, window.peek(3));
        assertEquals("bc", window.between(1, 4));
        assertEquals("", window.between(4, 5));
        assertFalse(window.starved());
    }

    @Test
    void textThatHasArrivedBehindTheEndIsNotSeen() {
        window.open("abc", 0, 2, true);
        assertEquals(Window.NOTHING, window.peek(2));
        assertEquals("ab", window.between(0, 3));
    }

    @Test
    void runEndsWithTheWindowOrWhereItIsOfNoMoreInterest() {
        assertEquals(Window.REACH, window.runOf(Alphabet.LOWER, 0));
        assertEquals(7, window.runOf(Alphabet.LOWER, 2, 5));
        assertEquals(2, window.runOf(Alphabet.UPPER, 2));
    }

    @Test
    void wordIsReadInItsCaseOrInAny() {
        window.open("xToken", 1, 6, true);
        assertTrue(window.reads("Token", 0));
        assertFalse(window.reads("token", 0));
        assertTrue(window.readsAnyCase("token", 0));
        assertFalse(window.readsAnyCase("tokens", 0));
        assertTrue(window.reads("ken", 2));
        assertTrue(window.readsAnyCase("ken", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "é", "\\n", "\\r", "\\t", "%3D", "%20", "x\\n"})
    void wordBeginsBehind(String before) {
        assertTrue(isWordStartBehind(before));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "9", "_", "n", "r", "t", "\\x", "xn", "xr", "xt", "%xD", "%3x", "x3D", "3D"})
    void wordGoesOnBehind(String before) {
        assertFalse(isWordStartBehind(before));
    }

    private boolean isWordStartBehind(String before) {
        window.open(before + "word", before.length(), before.length() + 4, true);
        return window.atWordStart();
    }
}
