package dev.holdfast.lifecycle;

import dev.holdfast.window.Cost;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * An amount of money.
 *
 * @param number exact
 * @param currency its three letters
 * @param shown as people read it, rounded
 */
public record Amount(BigDecimal number, String currency, String shown) {
    public Amount {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(shown, "shown");
    }

    static Amount of(Cost cost) {
        return new Amount(cost.amount(), cost.currency(), cost.toString());
    }
}
