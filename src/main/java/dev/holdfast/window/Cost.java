package dev.holdfast.window;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Objects;

/**
 * An amount of money, exact.
 *
 * @param amount not negative
 * @param currency its three letters, such as {@code USD}
 */
public record Cost(BigDecimal amount, String currency) {
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final MathContext BELOW_A_CENT = new MathContext(4, RoundingMode.HALF_UP);

    public Cost {
        Objects.requireNonNull(currency, "currency");
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a cost is not negative");
        }
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public Cost plus(Cost other) {
        requireSameCurrency(other);
        return new Cost(amount.add(other.amount), currency);
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public boolean isMoreThan(Cost other) {
        requireSameCurrency(other);
        return amount.compareTo(other.amount) > 0;
    }

    private void requireSameCurrency(Cost other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(currency + " and " + other.currency + " are not the same currency");
        }
    }

    /**
     * As people read it: {@code $12.35}, {@code $0.0123}, {@code $0.001235}, {@code 0.0123 EUR}. From one on in hundredths,
     * below that with four decimals, below a cent with four significant digits; rounded half up.
     */
    @Override
    public String toString() {
        String number = String.format(Locale.ROOT, "%,." + decimals() + "f", amount);
        return currency.equals("USD") ? "$" + number : number + " " + currency;
    }

    private int decimals() {
        boolean fromOneOn = amount.setScale(4, RoundingMode.HALF_UP).compareTo(BigDecimal.ONE) >= 0;
        if (amount.signum() == 0 || fromOneOn) {
            return 2;
        }
        BigDecimal rounded = amount.round(BELOW_A_CENT);
        return rounded.compareTo(CENT) >= 0 ? 4 : 4 + rounded.scale() - rounded.precision();
    }
}
