package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowRulesTest {
    private static final WindowRules RULES = new WindowRules(24_000, 12_000, 4, 60);

    @ParameterizedTest
    @CsvSource({"100, 100", "100, -1", "0, 0", "50, 51"})
    void marksThatLeaveNoRoomAreRefused(int high, int low) {
        assertThrows(IllegalArgumentException.class, () -> WindowRules.of(high, low));
    }

    @Test
    void refusalsSayWhatWasGiven() {
        assertEquals(
                "The low mark (24,000) is below the high mark (12,000), and neither is negative.",
                assertThrows(IllegalArgumentException.class, () -> WindowRules.of(12_000, 24_000))
                        .getMessage());
        assertEquals(
                "Numbers of messages are not negative: -1 are to be kept, 0 to be sent.",
                assertThrows(IllegalArgumentException.class, () -> new WindowRules(2, 1, -1, 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new WindowRules(2, 1, 0, -1));
    }

    @Test
    void nothingIsKeptAndAnyNumberSentUnlessRulesSayOtherwise() {
        assertEquals(new WindowRules(2, 1, 0, 0), WindowRules.of(2, 1));
        assertEquals(new WindowRules(1, 0, 0, 0), WindowRules.of(1, 0));
    }

    @Test
    void otherMarksLieBetweenTheTwo() {
        assertEquals(22_500, RULES.soft());
        assertEquals(21_000, RULES.early());
        assertEquals(18_000, RULES.middle());
        assertEquals(6_000, RULES.mostBefore());
        assertEquals(1_500, RULES.summaryRoom());
    }

    @Test
    void quartersOfTheMostMessages() {
        assertEquals(15, RULES.messages(1));
        assertEquals(60, RULES.messages(4));
        assertEquals(Integer.MAX_VALUE, WindowRules.of(2, 1).messages(1));
        assertEquals(Integer.MAX_VALUE - 1, new WindowRules(2, 1, 0, Integer.MAX_VALUE - 1).messages(4));
    }

    @Test
    void modelThatTakesEnoughChangesNothing() {
        assertSame(RULES, RULES.within(28_096, 4_096));
        assertSame(RULES, RULES.within(Integer.MAX_VALUE, 4_096));
    }

    @Test
    void modelThatTakesLessLowersBothMarks() {
        assertEquals(new WindowRules(23_999, 11_999, 4, 60), RULES.within(28_095, 4_096));
        assertEquals(new WindowRules(4_000, 2_000, 4, 60), RULES.within(8_000, 4_000));
        assertEquals(new WindowRules(1, 0, 4, 60), RULES.within(8_000, 7_999));
    }

    @Test
    void hugeMarksAreLoweredWithoutOverflow() {
        assertEquals(
                WindowRules.of(1_000_000_000, 999_999_999),
                WindowRules.of(2_000_000_000, 1_999_999_999).within(1_000_000_000, 0));
    }

    @Test
    void modelThatTakesNothingOfTheConversationIsRefused() {
        String sentence = "The model takes 4,096 tokens at once, and 4,096 of them are reserved for its reply and the"
                + " instructions: nothing is left for the conversation. Lower model.max-output or shorten the instructions.";
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> RULES.within(4_096, 4_096))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> RULES.within(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
}
