package dev.holdfast.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Works out a sum such as {@code 3 * (4 + 0.5)}: + - * / ^, parentheses and decimal points, by recursive descent with
 * 34 digits ({@link MathContext#DECIMAL128}).
 *
 * <pre>
 *   sum     = product { (+|-) product }
 *   product = power { (*|/) power }
 *   power   = [-] atom [ ^ power ]
 *   atom    = number | ( sum )
 * </pre>
 */
final class BuiltInArithmetic {
    private static final int LONGEST = 200;
    private static final int DEEPEST = 40;
    private static final int LARGEST_EXPONENT = 999;
    private static final MathContext PRECISE = MathContext.DECIMAL128;
    private static final MathContext SHOWN = new MathContext(12);

    private static final Pattern ASKED = Pattern.compile(
            "(?:what(?:[’']s| is)|how much is|calculate|compute|work out|wie ?viel ist|was ist|cuánto es)\\s+(.+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE = Pattern.compile(".*(?:\\d\\s+[-+*/−]\\s+[\\d(]|[*×÷^=]).*");
    private static final Pattern SUM = Pattern.compile("[\\d(.\\-][\\d\\s.+\\-*/^()]*[-+*/^][\\d\\s.+\\-*/^()]*");

    private final String text;
    private int at;
    private int depth;

    private BuiltInArithmetic(String text) {
        this.text = text;
    }

    /** The result as a sentence, if {@code clause} asks for one. */
    static Optional<String> answer(String clause) {
        Matcher asked = ASKED.matcher(clause);
        boolean inWords = asked.matches();
        if (!inWords && !BARE.matcher(clause).matches() || clause.length() > LONGEST) {
            return Optional.empty();
        }
        String sum = symbols(inWords ? asked.group(1) : clause);
        return SUM.matcher(sum).matches() ? new BuiltInArithmetic(sum.replace(" ", "")).solve(sum) : Optional.empty();
    }

    private static String symbols(String sum) {
        return sum.replace('×', '*')
                .replace('÷', '/')
                .replace('−', '-')
                .replaceAll("\\s+", " ")
                .replaceAll("(?i)\\s?% (?:of|von|de) ", " / 100 * ")
                .replaceAll("(?i) (?:plus|más) ", " + ")
                .replaceAll("(?i) (?:minus|menos) ", " - ")
                .replaceAll("(?i) (?:times|mal|por|x) ", " * ")
                .replaceAll("(?i) (?:divided by|geteilt durch|entre) ", " / ")
                .replaceAll("(?<=\\d),(?=\\d{3}\\b)", "")
                .replaceAll("[=?\\s]+$", "");
    }

    private Optional<String> solve(String shown) {
        try {
            BigDecimal result = sum();
            if (at < text.length()) {
                return Optional.empty();
            }
            BigDecimal rounded = result.round(SHOWN).stripTrailingZeros();
            String sign = rounded.compareTo(result) == 0 ? " = " : " ≈ ";
            boolean plain =
                    Math.abs((long) rounded.scale()) <= 30 && rounded.precision() - (long) rounded.scale() <= 30;
            return Optional.of(shown.replace("*", "×").replace("-", "−")
                    + sign
                    + (plain ? rounded.toPlainString() : rounded.toString()).replace("-", "−"));
        } catch (ArithmeticException e) {
            return Optional.of("That has no result that I can give: it divides by zero or grows too large.");
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private BigDecimal sum() {
        if (++depth > DEEPEST) {
            throw new NumberFormatException("nested too deeply");
        }
        BigDecimal sum = product();
        while (peek() == '+' || peek() == '-') {
            sum = text.charAt(at++) == '+' ? sum.add(product(), PRECISE) : sum.subtract(product(), PRECISE);
        }
        depth--;
        return sum;
    }

    private BigDecimal product() {
        BigDecimal product = power();
        while (peek() == '*' || peek() == '/') {
            product = text.charAt(at++) == '*' ? product.multiply(power(), PRECISE) : product.divide(power(), PRECISE);
        }
        return product;
    }

    private BigDecimal power() {
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        BigDecimal base = atom();
        if (peek() == '^') {
            at++;
            int exponent = power().intValueExact();
            if (Math.abs(exponent) > LARGEST_EXPONENT) {
                throw new ArithmeticException("exponent");
            }
            base = base.pow(exponent, PRECISE);
        }
        return negative ? base.negate() : base;
    }

    private BigDecimal atom() {
        if (peek() == '(') {
            at++;
            BigDecimal inner = sum();
            if (peek() != ')') {
                throw new NumberFormatException("parenthesis");
            }
            at++;
            return inner;
        }
        int start = at;
        while (Character.isDigit(peek()) || peek() == '.') {
            at++;
        }
        return new BigDecimal(text.substring(start, at));
    }

    /** The next character, or 0 at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }
}
