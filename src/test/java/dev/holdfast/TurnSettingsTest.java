package dev.holdfast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.window.WindowRules;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How much of a conversation is sent, as the settings say. */
class TurnSettingsTest {
    private static WindowRules rules(Map<Option, String> given) {
        return TurnSettings.rules(Settings.of(given, Map.of()));
    }

    @Test
    void withoutSettingsTheOldestIsLeftOutByTheTwoMarks() {
        assertEquals(new WindowRules(24_000, 12_000, 0, 0), rules(Map.of()));
    }

    @Test
    void everySettingOfTheWindowHasItsPlace() {
        assertEquals(
                new WindowRules(800, 400, 6, 50),
                rules(Map.of(
                        Option.WINDOW_HIGH, "800",
                        Option.WINDOW_LOW, "400",
                        Option.WINDOW_KEEP_FIRST, "6",
                        Option.WINDOW_MESSAGES, "50")));
    }

    @Test
    void whatTheModelTakesInHoldsTheReplyAndTheInstructionsToo() {
        WindowRules plain = rules(Map.of(Option.MODEL_CONTEXT, "10000", Option.MODEL_MAX_OUTPUT, "2000"));
        assertEquals(8_000, plain.high());
        assertEquals(4_000, plain.low());
        WindowRules instructed = rules(Map.of(
                Option.MODEL_CONTEXT, "10000",
                Option.MODEL_MAX_OUTPUT, "2000",
                Option.MODEL_SYSTEM, "Be kind. ".repeat(100)));
        assertTrue(instructed.high() < 7_900, instructed.toString());
        assertEquals(24_000, rules(Map.of(Option.MODEL_CONTEXT, "200000")).high(), "no more than the mark");
    }

    @Test
    void aModelThatTakesInNoMoreThanItsReplyIsRefusedAtTheStart() {
        String said = assertThrows(SettingsException.class, () -> rules(Map.of(Option.MODEL_CONTEXT, "4096")))
                .getMessage();
        assertTrue(said.startsWith("What is sent to the model: The model takes 4,096 tokens at once"), said);
        assertTrue(said.contains("Lower model.max-output"), said);
    }

    @Test
    void marksInTheWrongOrderAreRefused() {
        String said = assertThrows(SettingsException.class, () -> rules(Map.of(Option.WINDOW_HIGH, "12000")))
                .getMessage();
        assertEquals("window.low must be lower than window.high.", said);
    }
}
