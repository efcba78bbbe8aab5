package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
    private static final String HEAD = "date = 2025-11-01\ncurrency = USD\n";
    private static final Usage MILLION = new Usage(1_000_000, 0, 0, 0);

    private static Optional<BigDecimal> cost(Prices prices, String model, Usage usage) {
        return prices.cost(model, usage).map(cost -> cost.amount().stripTrailingZeros());
    }

    private static Optional<BigDecimal> amount(String amount) {
        return Optional.of(new BigDecimal(amount).stripTrailingZeros());
    }

    @Test
    void everyKindOfTokenHasItsPrice() {
        Prices prices = Prices.parse(HEAD + "m = input 3, output 15, cache-read 0.30, cache-write 3.75\n");

        assertEquals(LocalDate.of(2025, 11, 1), prices.date());
        assertEquals("USD", prices.currency());
        assertEquals(amount("0.000003"), cost(prices, "m", new Usage(1, 0, 0, 0)));
        assertEquals(amount("0.000015"), cost(prices, "m", new Usage(0, 1, 0, 0)));
        assertEquals(amount("0.0000003"), cost(prices, "m", new Usage(0, 0, 1, 0)));
        assertEquals(amount("0.00000375"), cost(prices, "m", new Usage(0, 0, 0, 1)));
        assertEquals(amount("22.05"), cost(prices, "m", new Usage(1_000_000, 1_000_000, 1_000_000, 1_000_000)));
    }

    @Test
    void aCacheCostsWhatInputCostsUnlessTheRowSaysOtherwise() {
        Prices prices = Prices.parse(HEAD + "m = output 15, input 3\nn = input 3, output 15, cache-read 1\n");

        assertEquals(amount("3"), cost(prices, "m", new Usage(0, 0, 1_000_000, 0)));
        assertEquals(amount("3"), cost(prices, "m", new Usage(0, 0, 0, 1_000_000)));
        assertEquals(amount("1"), cost(prices, "n", new Usage(0, 0, 1_000_000, 0)));
        assertEquals(amount("3"), cost(prices, "n", new Usage(0, 0, 0, 1_000_000)));
    }

    @Test
    void aModelWithoutARowHasNoPriceAndOneThatIsFreeHasOne() {
        Prices prices = Prices.parse(HEAD + "free = input 0, output 0\n");

        assertEquals(Optional.empty(), prices.cost("dear", MILLION));
        assertEquals(Optional.empty(), prices.cost("Free", MILLION));
        assertEquals(Optional.empty(), prices.cost("", MILLION));
        assertEquals(amount("0"), cost(prices, "free", MILLION));
    }

    @ParameterizedTest
    @CsvSource({
        "m, 1",
        "m-mini, 3",
        "m-mini-20251101, 4",
        "m-20251101, 2",
        "m-, 2",
        "n, 5",
        "Built-in (offline), 6",
        "llama3:8b, 7",
        "a=b, 5"
    })
    void ownRowCountsFirstAndThenTheLongestWithAStar(String model, String input) {
        Prices prices = Prices.parse(HEAD + """
                * = input 5, output 0
                m = input 1, output 0
                m-* = input 2, output 0
                m-mini = input 3, output 0
                m-mini-* = input 4, output 0
                Built-in (offline) = input 6, output 0
                llama3:8b=input 7,output 0
                """);

        assertEquals(amount(input), cost(prices, model, MILLION));
    }

    @Test
    void aDateInAModelsNameIsNotGuessedAway() {
        Prices prices = Prices.parse(HEAD + "m = input 1, output 0\n");

        assertEquals(Optional.empty(), prices.cost("m-20251101", MILLION));
    }

    @Test
    void commentsAndEmptyLinesSayNothing() {
        Prices prices = Prices.parse("# all\n\n  \t\n" + HEAD
                + "  # m = input 9, output 9\nm = input 1, output 0 # less\n" + "c#1 = input 2, output 0\r\n");

        assertEquals(amount("1"), cost(prices, "m", MILLION));
        assertEquals(amount("2"), cost(prices, "c#1", MILLION));
    }

    @Test
    void billAddsUpWhatIsKnownAndNamesWhatIsNot() {
        Prices prices = Prices.parse(HEAD + "a = input 1, output 0\nb = input 2, output 0\n");
        Spent priced = Spent.NOTHING.plus("a", MILLION).plus("b", MILLION);

        assertEquals(3, prices.bill(priced).known().amount().intValueExact());
        assertTrue(prices.bill(priced).complete());
        Bill bill = prices.bill(priced.plus("z", MILLION).plus("c", MILLION));
        assertEquals(3, bill.known().amount().intValueExact());
        assertEquals(List.of("c", "z"), bill.unpriced());
        assertFalse(bill.complete());
        assertEquals("$0.00", prices.bill(Spent.NOTHING).known().toString());
    }

    @Test
    void priceIsExactHoweverManyTokensThereAre() {
        Prices prices = Prices.parse(HEAD + "m = input 0.000000000001, output 999999999999\n");

        assertEquals(
                amount("999999999999000000000.000000000000000001"),
                cost(prices, "m", new Usage(1, 1_000_000_000_000_000L, 0, 0)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    m                               | line 3 is not “model = input 3, output 15”.
                    = input 1, output 1             | line 3 is not “model = input 3, output 15”.
                    currency = EUR                  | line 3 gives “currency” a second time.
                    date = yesterday                | line 3 does not give the date as 2025-11-01.
                    currency = dollars              | line 3 does not give the currency as three capitals, such as USD.
                    """)
    void whatIsNoRowIsRefusedWithItsLine(String row, String sentence) {
        assertRefused(HEAD + row, sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "3",
                "input 3",
                "output 3",
                "input 3; output 15",
                "input 3, output 15, cache 1",
                "input 3, output 15,",
                "input 3, output 15, input 3",
                "input -3, output 15",
                "input 3e9, output 15",
                "input three, output 15",
                "input 1234567890123, output 15",
                "input 3 USD, output 15"
            })
    void whatIsNoPriceIsRefusedWithItsLine(String price) {
        assertRefused(
                HEAD + "m = " + price,
                "line 3 does not give the prices of “m” as “input 3, output 15, cache-read 0.30, cache-write 3.75”;"
                        + " the last two may be missing.");
    }

    @Test
    void aRowThatIsGivenTwiceIsRefused() {
        assertRefused(HEAD + "m = input 1, output 1\n\nm = input 1, output 1\n", "line 5 gives “m” a second time.");
    }

    @Test
    void withoutDateOrCurrencyItIsNoTable() {
        assertRefused("currency = USD", "a line “date = 2025-11-01” is missing.");
        assertRefused("date = 2025-11-01", "a line “currency = USD” is missing.");
    }

    private static void assertRefused(String table, String sentence) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> Prices.parse(table))
                        .getMessage());
    }
}
