package dev.holdfast.protect;

import java.util.Optional;

/**
 * Telephone numbers: international ones that begin with {@code +} or {@code 00} (ITU-T E.123, E.164: 8 to 15 digits), and
 * those of the North American plan with area code. Other national forms look like any number and are left alone.
 */
final class PhoneShape implements Shape {
    private static final int LEAST = 8;
    private static final int MOST = 15;
    private static final int MOST_SEPARATORS = 2;
    private static final int AMERICAN = 10;
    private static final Alphabet SEPARATORS = new Alphabet(" ()./\\-");
    private static final Alphabet NOT_BEFORE = new Alphabet("0-9A-Za-z_+.\\-");

    @Override
    public String firstCharacters() {
        return "+0(23456789";
    }

    @Override
    public Optional<Found> look(Window window) {
        if (NOT_BEFORE.has(window.peek(-1))) {
            return Optional.empty();
        }
        if (window.peek(0) == '+') {
            return international(window, 1);
        }
        return window.peek(0) == '0' ? international(window, 2) : american(window);
    }

    private static Optional<Found> international(Window window, int from) {
        boolean zeros = from == 1 || window.peek(1) == '0';
        if (!zeros || !Alphabet.DIGITS.has(window.peek(from)) || window.peek(from) == '0') {
            return Optional.empty();
        }
        int digits = 0;
        int end = from;
        int place = from;
        while (place - end <= MOST_SEPARATORS) {
            if (Alphabet.DIGITS.has(window.peek(place))) {
                digits++;
                end = place + 1;
            } else if (!SEPARATORS.has(window.peek(place))) {
                break;
            }
            place++;
        }
        return digits >= LEAST && digits <= MOST && !Alphabet.WORD.has(window.peek(end))
                ? Optional.of(Found.of(SecretKind.PHONE, 0, end))
                : Optional.empty();
    }

    /** {@code (415) 555-0132}, {@code 415-555-0132}, {@code 415.555.0132}: neither code nor exchange begins with 0 or 1. */
    private static Optional<Found> american(Window window) {
        boolean bracket = window.peek(0) == '(';
        int area = bracket ? 1 : 0;
        int separator = window.peek(area + 3);
        int exchange = area + 4;
        if (bracket) {
            exchange += window.peek(exchange) == ' ' ? 1 : 0;
        }
        int hyphen = window.peek(exchange + 3);
        boolean separated =
                bracket ? separator == ')' && hyphen == '-' : separator == hyphen && (hyphen == '-' || hyphen == '.');
        if (!separated || !isCode(window, area) || !isCode(window, exchange)) {
            return Optional.empty();
        }
        DigitRun line = DigitRun.read(window, exchange + 4, AMERICAN, new Alphabet(""));
        int after = window.peek(line.end());
        boolean ends = !Alphabet.WORD.has(after) && after != '-';
        return line.count() == 4 && ends ? Optional.of(Found.of(SecretKind.PHONE, 0, line.end())) : Optional.empty();
    }

    private static boolean isCode(Window window, int from) {
        return window.peek(from) >= '2'
                && Alphabet.DIGITS.has(window.peek(from))
                && Alphabet.DIGITS.has(window.peek(from + 1))
                && Alphabet.DIGITS.has(window.peek(from + 2));
    }
}
