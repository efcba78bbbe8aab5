package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TerminalsTest {
    @Test
    void plainTextStaysAsItIs() {
        String text = "Ölga 😀\n\tline two ñ 漢字 \u00a0";
        assertEquals(text, Terminals.plain(text));
    }

    @Test
    void everyControlCharacterButLineBreakAndTabIsLeftOut() {
        for (char c = 0; c < 0x100; c++) {
            boolean control = c < 0x20 && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0;
            assertEquals(control ? "ab" : "a" + c + "b", Terminals.plain("a" + c + "b"), "U+" + Integer.toHexString(c));
        }
    }
}
