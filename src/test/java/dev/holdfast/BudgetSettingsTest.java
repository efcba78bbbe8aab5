package dev.holdfast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.store.Spending;
import dev.holdfast.store.Storage;
import dev.holdfast.window.Cost;
import dev.holdfast.window.Prices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with prices and caps is said at the start. */
class BudgetSettingsTest {
    private static final Usage MILLION = new Usage(1_000_000, 0, 0, 0);

    @TempDir
    private Path folder;

    private static Settings settings(Map<Option, String> given) {
        return Settings.of(given, Map.of());
    }

    private static Spending spending() throws IOException {
        return Spending.open(new MemoryDisk(), Path.of("/data"), Storage.PLAIN, Runnable::run, new HandClock());
    }

    private static String refused(Map<Option, String> given) {
        return assertThrows(SettingsException.class, () -> new BudgetSettings(settings(given)).budget(spending()))
                .getMessage();
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("prices.txt"), content).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-5, 3",
        "claude-sonnet-4-5-20250929, 3",
        "claude-opus-4-1-20250805, 15",
        "gpt-5-mini, 0.25",
        "gpt-5-mini-2025-08-07, 0.25",
        "gpt-5-2025-08-07, 1.25",
        "gpt-4o-2024-05-13, 5",
        "gpt-4o-2024-08-06, 2.5"
    })
    void theTableThatIsShippedHasThePricesOfModelsInUse(String model, String input) {
        Cost cost = new BudgetSettings(settings(Map.of()))
                .prices()
                .cost(model, MILLION)
                .orElseThrow();

        assertEquals(0, cost.amount().compareTo(new BigDecimal(input)), cost.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-5-pro", "gpt-4o-audio-preview", "claude-sonnet-4", "llama3:8b", "Built-in (offline)"})
    void theTableThatIsShippedGuessesNoPrice(String model) {
        assertEquals(
                Optional.empty(),
                new BudgetSettings(settings(Map.of())).prices().cost(model, MILLION));
    }

    @Test
    void aTableOfOnesOwnTakesThePlaceOfTheOther() throws IOException {
        String own = file("date = 2026-01-01\ncurrency = EUR\nm = input 1, output 1\n");
        Prices prices = new BudgetSettings(settings(Map.of(Option.PRICES, own))).prices();

        assertEquals("EUR", prices.currency());
        assertEquals(Optional.empty(), prices.cost("gpt-5-mini", MILLION));
    }

    @Test
    void aTableThatIsNoneIsRefusedAtTheStart() throws IOException {
        String own = file("date = 2026-01-01\ncurrency = EUR\nm = 1\n");

        String sentence = assertThrows(
                        SettingsException.class, () -> new BudgetSettings(settings(Map.of(Option.PRICES, own))))
                .getMessage();

        assertTrue(sentence.startsWith("prices: " + own + ": line 3 does not give the prices of “m” as "), sentence);
        assertThrows(
                SettingsException.class, () -> new BudgetSettings(settings(Map.of(Option.PRICES, own + ".not-there"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"budget.conversation", "budget.owner", "budget.day"})
    void aCapThatIsNoneIsRefusedAtTheStart(String key) throws IOException {
        Option option = Option.byKey(key).orElseThrow();

        assertEquals(
                key + ": an amount is “500000 tokens” or “2.50 USD”, not “much”.", refused(Map.of(option, "much")));
        assertEquals(
                key
                        + " is in EUR, and prices are in USD. Give it in USD or in tokens, or set prices to a table in EUR.",
                refused(Map.of(option, "2.50 EUR")));
        String own = file("date = 2026-01-01\ncurrency = EUR\n");
        new BudgetSettings(settings(Map.of(option, "2.50 EUR", Option.PRICES, own))).budget(spending());
        new BudgetSettings(settings(Map.of(option, "2.50 USD"))).budget(spending());
        new BudgetSettings(settings(Map.of(option, "5 tokens"))).budget(spending());
    }
}
