package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    private final Random random = new Random(4);

    @Test
    void aKeyHas43CharactersThatNeedNoEscapeInAnAddress() {
        HashSet<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String key = Secret.createKey(random).reveal();
            assertTrue(key.matches("[A-Za-z0-9_-]{43}"), key);
            assertTrue(seen.add(key));
        }
    }

    @Test
    void aCodeHas16CharactersThatCannotBeMistaken() {
        HashSet<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Secret code = Secret.createCode(random);
            assertTrue(code.reveal().matches("[0-9A-HJKMNP-TV-Z]{16}"), code.reveal());
            assertTrue(code.revealGrouped().matches("(.{4}-){3}.{4}"), code.revealGrouped());
            assertTrue(seen.add(code.reveal()));
        }
    }

    @Test
    void whatIsReadAgainHasTheSameHash() {
        Secret key = Secret.createKey(random);
        Secret code = Secret.createCode(random);
        assertEquals(key.hash(), Secret.parseKey(key.reveal()).orElseThrow().hash());
        assertEquals(
                code.hash(),
                Secret.parseCode(code.revealGrouped()).orElseThrow().hash());
        assertFalse(key.hash().equals(code.hash()));
    }

    /** SHA-256 of "0123456789ABCDEF", by coreutils' sha256sum. */
    @Test
    void theHashIsSha256InHexadecimal() {
        assertEquals(
                "2125b2c332b1113aae9bfc5e9f7e3b4c91d828cb942c2df1eeb02502eccae9e9",
                Secret.parseCode("0123-4567-89AB-CDEF").orElseThrow().hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789ABCDEF",
                "0123-4567-89ab-cdef",
                "o123 4567 89ab cdef",
                "Oi23-4567-89AB-CDEF",
                "oL23456789abcdef",
                "ol23456789ABCDEF",
                "  01 23 45 67 89 AB CD EF\t\n",
                "0-1-2-3-4-5-6-7-8-9-A-B-C-D-E-F"
            })
    void aCodeIsReadHoweverItWasTyped(String typed) {
        assertEquals(Optional.of("0123456789ABCDEF"), Secret.parseCode(typed).map(Secret::reveal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789ABCDE",
                "0123456789ABCDEF0",
                "U123456789ABCDEF",
                "0123456789ABCDE!",
                "0123_4567_89AB_CDEF",
                "\u0661123456789ABCDEF",
                "0123456789ABCDEF'--",
                "                                                                 "
            })
    void anythingElseIsNoCode(String typed) {
        assertEquals(Optional.empty(), Secret.parseCode(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "../../../../../../../../../../etc/passwd000", "0123456789ABCDEF"})
    void anythingElseIsNoKey(String text) {
        assertEquals(Optional.empty(), Secret.parseKey(text));
        assertEquals(Optional.empty(), Secret.parseKey(text + "é".repeat(43 - Math.min(43, text.length()))));
    }

    @Test
    void nothingIsNoSecret() {
        assertEquals(Optional.empty(), Secret.parseKey(null));
        assertEquals(Optional.empty(), Secret.parseCode(null));
    }

    @Test
    void itDoesNotTellItselfByAccident() {
        Secret key = Secret.createKey(random);
        assertEquals("Secret[not told]", key.toString());
    }
}
