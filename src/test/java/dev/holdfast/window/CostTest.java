package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {
    private static Cost cost(String amount, String currency) {
        return new Cost(new BigDecimal(amount), currency);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0           | $0.00
                    0.000000    | $0.00
                    1234.5      | $1,234.50
                    1           | $1.00
                    12.345      | $12.35
                    0.99996     | $1.00
                    0.99994     | $0.9999
                    0.5         | $0.5000
                    0.01234     | $0.0123
                    0.01        | $0.0100
                    0.009999    | $0.009999
                    0.00999996  | $0.0100
                    0.001       | $0.001000
                    0.00012345  | $0.0001235
                    0.00000005  | $0.00000005000
                    """)
    void amountIsPrintedAsPeopleReadIt(String amount, String printed) {
        assertEquals(printed, cost(amount, "USD").toString());
    }

    @Test
    void currencyWithoutASignStandsBehindTheNumber() {
        assertEquals("0.0123 EUR", cost("0.0123", "EUR").toString());
    }

    @Test
    void amountsAreComparedAndAddedExactly() {
        Cost tenth = cost("0.1", "USD");

        assertEquals(cost("0.3", "USD"), tenth.plus(tenth).plus(tenth));
        assertFalse(cost("0.3", "USD").isMoreThan(tenth.plus(tenth).plus(tenth)));
        assertTrue(cost("0.300000000001", "USD").isMoreThan(cost("0.30", "USD")));
    }

    @Test
    void twoCurrenciesAreNeitherAddedNorCompared() {
        Cost dollar = cost("1", "USD");
        Cost euro = cost("1", "EUR");

        assertThrows(IllegalArgumentException.class, () -> dollar.plus(euro));
        assertThrows(IllegalArgumentException.class, () -> dollar.isMoreThan(euro));
        assertThrows(IllegalArgumentException.class, () -> cost("-1", "USD"));
    }
}
