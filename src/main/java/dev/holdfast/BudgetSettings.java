package dev.holdfast;

import dev.holdfast.agent.Budget;
import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.store.Spending;
import dev.holdfast.window.Cap;
import dev.holdfast.window.Prices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the settings say of prices, and of what may be used. */
final class BudgetSettings {
    private static final String SHIPPED = "prices.txt";

    private final Settings settings;
    /** Null until they are asked for. Guarded by this. */
    private Prices prices;

    /** @throws SettingsException if a table of prices is set and is none */
    BudgetSettings(Settings settings) {
        this.settings = settings;
        if (settings.text(Option.PRICES).isPresent()) {
            prices();
        }
    }

    /**
     * The prices that are set, or those that came with the program, which are read when first asked for. Thread-safe.
     *
     * @throws SettingsException if what is set is no table of prices
     */
    synchronized Prices prices() {
        if (prices == null) {
            prices = settings.text(Option.PRICES).isPresent() ? given() : shipped();
        }
        return prices;
    }

    private Prices given() {
        try {
            return Prices.parse(settings.content(Option.PRICES));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("prices: " + settings.required(Option.PRICES) + ": " + e.getMessage());
        }
    }

    private static Prices shipped() {
        try (InputStream table = BudgetSettings.class.getResourceAsStream(SHIPPED)) {
            if (table == null) {
                throw new IllegalStateException("the program was packed without " + SHIPPED);
            }
            return Prices.parse(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws SettingsException if a cap is malformed, or in another currency than the prices */
    Budget budget(Spending spending) {
        Budget.Caps caps =
                new Budget.Caps(cap(Option.BUDGET_CONVERSATION), cap(Option.BUDGET_OWNER), cap(Option.BUDGET_DAY));
        return new Budget(this::prices, caps, spending);
    }

    private Optional<Cap> cap(Option option) {
        return settings.text(option).map(text -> {
            try {
                return inCurrency(option, Cap.parse(text));
            } catch (IllegalArgumentException e) {
                throw new SettingsException(option.key() + ": " + e.getMessage());
            }
        });
    }

    private Cap inCurrency(Option option, Cap cap) {
        if (cap instanceof Cap.Money money && !money.most().currency().equals(prices().currency())) {
            throw new SettingsException(option.key() + " is in " + money.most().currency() + ", and prices are in "
                    + prices().currency() + ". Give it in " + prices().currency()
                    + " or in tokens, or set prices to a table in "
                    + money.most().currency() + ".");
        }
        return cap;
    }
}
