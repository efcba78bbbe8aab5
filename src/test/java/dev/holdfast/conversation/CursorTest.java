package dev.holdfast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void aCursorIsReadAsItWasPrinted() {
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            Cursor cursor = new Cursor(
                    random.nextLong(1_000_000_000_000_000_000L),
                    random.nextInt(1_000_000_000),
                    random.nextInt(1_000_000_000));
            assertEquals(Optional.of(cursor), Cursor.parse(cursor.toString()));
        }
    }

    @Test
    void aWholeLineIsPrintedAsItsNumber() {
        assertEquals("12", Cursor.after(12).toString());
        assertEquals("12.0.345", new Cursor(12, 0, 345).toString());
        assertEquals("12.1.0", new Cursor(12, 1, 0).toString());
        assertEquals(Optional.of(Cursor.after(12)), Cursor.parse("12.0.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "1.",
                "1.2",
                "1.2.",
                "1.2.3.4",
                "1.-2.3",
                "a",
                "1a",
                " 1",
                "1 ",
                "1\n",
                "+1",
                "0x1",
                "1e3",
                "1,2,3",
                "null",
                "\u0661",
                "9999999999999999999",
                "1.9999999999.0",
                "1.0.9999999999",
                "../1",
                "1.2.3\0"
            })
    void anythingElseIsNoCursor(String text) {
        assertEquals(Optional.empty(), Cursor.parse(text));
    }

    @Test
    void nothingIsNoCursor() {
        assertEquals(Optional.empty(), Cursor.parse(null));
    }

    @Test
    void cursorsSortByLineThenBlockThenOffset() {
        List<Cursor> sorted = List.of(
                Cursor.after(1), new Cursor(1, 0, 9), new Cursor(1, 1, 2), Cursor.after(2), new Cursor(10, 0, 1));
        assertEquals(sorted, sorted.stream().sorted().toList());
        assertTrue(sorted.get(0).compareTo(Cursor.after(1)) == 0);
    }
}
