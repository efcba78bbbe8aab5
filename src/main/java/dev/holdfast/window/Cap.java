package dev.holdfast.window;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most that may be used: of tokens, whatever they cost, or of money. Immutable. */
public sealed interface Cap {
    /** So many tokens, sent and received together. */
    record Tokens(long most) implements Cap {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d tokens", most);
        }
    }

    /** So much money. */
    record Money(Cost most) implements Cap {
        @Override
        public String toString() {
            return most.toString();
        }
    }

    /**
     * Reads {@code 500000 tokens} or {@code 2.50 USD}.
     *
     * @throws IllegalArgumentException if it is neither; the message is a sentence
     */
    static Cap parse(String text) {
        Matcher tokens = Pattern.compile("(\\d{1,15}) tokens").matcher(text);
        if (tokens.matches()) {
            return new Tokens(Long.parseLong(tokens.group(1)));
        }
        Matcher money = Pattern.compile("(" + Price.AMOUNT + ") ([A-Z]{3})").matcher(text);
        if (money.matches()) {
            return new Money(new Cost(new BigDecimal(money.group(1)), money.group(3)));
        }
        throw new IllegalArgumentException("an amount is “500000 tokens” or “2.50 USD”, not “" + text + "”.");
    }
}
