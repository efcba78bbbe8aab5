package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInArithmeticTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        what is 2 + 3 * 4          | 2 + 3 × 4 = 14
        what's (2 + 3) * 4         | (2 + 3) × 4 = 20
        calculate 10 - 2 - 3       | 10 − 2 − 3 = 5
        2 ^ 3 ^ 2 =                | 2 ^ 3 ^ 2 = 512
        what is -2 ^ 2             | −2 ^ 2 = −4
        what is 10 / 3             | 10 / 3 ≈ 3.33333333333
        what is 0.1 + 0.2          | 0.1 + 0.2 = 0.3
        what is 12 times 12        | 12 × 12 = 144
        1,000 × 3 =                | 1000 × 3 = 3000
        wie viel ist 7 mal 8       | 7 × 8 = 56
        what is 15% of 80 | 15 / 100 × 80 = 12
        what is 2^500              | 2^500 ≈ 3.2733906079E+150
        """)
    void sumIsWorkedOut(String clause, String answer) {
        assertEquals(answer, BuiltInArithmetic.answer(clause).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21",
                "what is love",
                "what is 7",
                "what is (2 + ",
                "040-123456",
                "what is 1 +* 2",
                "what is 1.2.3 + 1"
            })
    void otherClausesAreLeftAlone(String clause) {
        assertTrue(BuiltInArithmetic.answer(clause).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 / 0 =",
                "what is 2^9999",
                "what is 2^0.5",
                "what is 9^999^999",
                "what is 9^999^999^999",
                "what is 0^(-1)"
            })
    void sumWithoutAResultIsSaidToHaveNone(String clause) {
        assertTrue(BuiltInArithmetic.answer(clause).orElseThrow().startsWith("That has no result"));
    }

    @Test
    void deepNestingIsLeftAlone() {
        assertTrue(BuiltInArithmetic.answer("what is " + "(".repeat(90) + "1+1" + ")".repeat(90))
                .isEmpty());
    }
}
