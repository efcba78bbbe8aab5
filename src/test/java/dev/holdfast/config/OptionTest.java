package dev.holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionTest {
    @ParameterizedTest
    @EnumSource(Option.class)
    void theThreeNamesOfAnOptionFollowFromItsKey(Option option) {
        assertTrue(option.key().matches("[a-z]+([.-][a-z]+)*"), option.key());
        assertEquals("--" + option.key(), option.flag());
        assertTrue(option.variable().matches("HOLDFAST_[A-Z]+(_[A-Z]+)*"), option.variable());
        assertEquals(Optional.of(option), Option.byKey(option.key()));
    }

    @Test
    void dotsAndHyphensBecomeUnderscoresInTheEnvironment() {
        assertEquals("HOLDFAST_MODEL_BASE_URL", Option.MODEL_BASE_URL.variable());
        assertEquals("--model.base-url", Option.MODEL_BASE_URL.flag());
    }

    @Test
    void noTwoOptionsShareAName() {
        Set<String> keys = new HashSet<>();
        Set<String> variables = new HashSet<>();
        for (Option option : Option.values()) {
            assertTrue(keys.add(option.key()), option.key());
            assertTrue(variables.add(option.variable()), option.variable());
        }
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void theHelpIsOneSentenceOnOneLine(Option option) {
        assertFalse(option.help().contains("\n"));
        assertTrue(option.help().endsWith("."), option.help());
    }

    @Test
    void whatOpensDoorsIsASecret() {
        assertTrue(Option.MODEL_KEY.secret());
        assertTrue(Option.MAIL_SMTP_URL.secret());
        assertFalse(Option.HOST.secret());
    }

    @Test
    void anUnknownKeyIsNoOption() {
        assertEquals(Optional.empty(), Option.byKey("prot"));
        assertEquals(Optional.empty(), Option.byKey("PORT"));
        assertEquals(Optional.empty(), Option.byKey(""));
    }
}
