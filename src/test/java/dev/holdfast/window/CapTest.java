package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapTest {
    @Test
    void amountIsOfTokensOrOfMoney() {
        assertEquals(new Cap.Tokens(500_000), Cap.parse("500000 tokens"));
        assertEquals(new Cap.Money(new Cost(new BigDecimal("2.50"), "USD")), Cap.parse("2.50 USD"));
        assertEquals(new Cap.Tokens(0), Cap.parse("0 tokens"));
    }

    @Test
    void amountIsPrintedAsPeopleReadIt() {
        assertEquals("500,000 tokens", Cap.parse("500000 tokens").toString());
        assertEquals("$2.50", Cap.parse("2.5 USD").toString());
        assertEquals("2.50 EUR", Cap.parse("2.5 EUR").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "tokens",
                "-5 tokens",
                "5.5 tokens",
                "5 tokens a day",
                "9999999999999999 tokens",
                "2.50",
                "$2.50",
                "2.50 usd",
                "2,50 USD",
                "1e9 USD",
                ".5 USD",
                "NaN USD",
                "2.50 USD\n"
            })
    void whatIsNeitherIsRefusedInASentence(String text) {
        String sentence = assertThrows(IllegalArgumentException.class, () -> Cap.parse(text))
                .getMessage();

        assertEquals("an amount is “500000 tokens” or “2.50 USD”, not “" + text + "”.", sentence);
    }
}
