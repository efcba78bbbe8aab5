package dev.holdfast.window;

import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What models cost: a table, as of a day. A model that it does not name has no price, never a guessed one.
 *
 * <pre>
 *   # prices of a million tokens
 *   date = 2025-11-01
 *   currency = USD
 *   claude-sonnet-4-5 = input 3, output 15, cache-read 0.30, cache-write 3.75
 *   gpt-5-mini = input 0.25, output 2, cache-read 0.025
 *   local-* = input 0, output 0    # a * at the end stands for any ending
 * </pre>
 *
 * <p>A model's own row counts before one with a {@code *}, and of several such rows the longest. A provider adds dates to
 * its models' names: only a row with a {@code *} covers those. Tokens read from a provider's cache or written to it cost
 * what input costs unless the row says otherwise. Names are compared letter by letter. Immutable.
 */
public final class Prices {
    private static final String DATE = "date";
    private static final String CURRENCY = "currency";
    private static final String ANY = "*";

    private final LocalDate date;
    private final String currency;
    /** By name, {@code *} included. */
    private final Map<String, Price> rows;

    private Prices(LocalDate date, String currency, Map<String, Price> rows) {
        this.date = date;
        this.currency = currency;
        this.rows = rows;
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if it is none; the message is a sentence that names the line
     */
    public static Prices parse(String text) {
        Map<String, String> values = new TreeMap<>();
        Map<String, Price> rows = new TreeMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String row = line.replaceFirst("(^|\\s)#.*", "").strip();
            if (!row.isEmpty()) {
                read(row, number, values, rows);
            }
        }
        return new Prices(LocalDate.parse(required(values, DATE)), required(values, CURRENCY), rows);
    }

    private static void read(String row, int number, Map<String, String> values, Map<String, Price> rows) {
        int equals = row.indexOf('=');
        String key = equals < 0 ? "" : row.substring(0, equals).strip();
        String value = row.substring(equals + 1).strip();
        if (key.isEmpty()) {
            throw malformed(number, "is not “model = input 3, output 15”");
        }
        boolean twice;
        if (key.equals(DATE) || key.equals(CURRENCY)) {
            check(key, value, number);
            twice = values.put(key, value) != null;
        } else {
            Price price = Price.parse(value)
                    .orElseThrow(() -> malformed(
                            number,
                            "does not give the prices of “" + key + "” as “input 3, output 15, cache-read 0.30,"
                                    + " cache-write 3.75”; the last two may be missing"));
            twice = rows.put(key, price) != null;
        }
        if (twice) {
            throw malformed(number, "gives “" + key + "” a second time");
        }
    }

    private static void check(String key, String value, int number) {
        if (key.equals(CURRENCY) && !value.matches("[A-Z]{3}")) {
            throw malformed(number, "does not give the currency as three capitals, such as USD");
        }
        try {
            if (key.equals(DATE)) {
                LocalDate.parse(value);
            }
        } catch (DateTimeParseException e) {
            throw malformed(number, "does not give the date as 2025-11-01");
        }
    }

    private static IllegalArgumentException malformed(int number, String what) {
        return new IllegalArgumentException("line " + number + " " + what + ".");
    }

    private static String required(Map<String, String> values, String key) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException(
                    "a line “" + key + " = " + (key.equals(DATE) ? "2025-11-01" : "USD") + "” is missing.");
        }
        return values.get(key);
    }

    /** The day as of which these were the prices. */
    public LocalDate date() {
        return date;
    }

    /** The three letters of the currency of all prices. */
    public String currency() {
        return currency;
    }

    /** What a call costs; empty if the price of the model is not known. */
    public Optional<Cost> cost(String model, Usage usage) {
        return price(model).map(price -> new Cost(price.of(usage), currency));
    }

    /** What calls cost, as far as the prices of their models are known. */
    public Bill bill(Spent spent) {
        Cost known = new Cost(BigDecimal.ZERO, currency);
        List<String> unpriced = new ArrayList<>();
        for (Map.Entry<String, Usage> each : spent.byModel().entrySet()) {
            Optional<Cost> cost = cost(each.getKey(), each.getValue());
            known = cost.map(known::plus).orElse(known);
            if (cost.isEmpty()) {
                unpriced.add(each.getKey());
            }
        }
        return new Bill(known, unpriced);
    }

    private Optional<Price> price(String model) {
        Price own = rows.get(model);
        for (int length = model.length(); own == null && length >= 0; length--) {
            own = rows.get(model.substring(0, length) + ANY);
        }
        return Optional.ofNullable(own);
    }
}
