package dev.holdfast.protect;

/**
 * Digits with at most one separator between two of them, as people write long numbers in groups.
 *
 * @param digits without separators
 * @param ends for each count of digits, the place behind the last of them; {@code ends[0]} is where the run begins
 */
record DigitRun(String digits, int[] ends) {

    /** The run at a place, at most so many digits of it. */
    static DigitRun read(Window window, int from, int most, Alphabet separators) {
        StringBuilder digits = new StringBuilder();
        int[] ends = new int[most + 1];
        ends[0] = from;
        int place = from;
        while (digits.length() < most) {
            boolean separated = digits.length() > 0 && separators.has(window.peek(place));
            int digit = separated ? place + 1 : place;
            if (!Alphabet.DIGITS.has(window.peek(digit))) {
                break;
            }
            digits.append((char) window.peek(digit));
            place = digit + 1;
            ends[digits.length()] = place;
        }
        return new DigitRun(digits.toString(), ends);
    }

    int count() {
        return digits.length();
    }

    /** The place behind the last digit. */
    int end() {
        return ends[count()];
    }

    /** The first digits as a number. */
    long number(int count) {
        return Long.parseLong(digits.substring(0, count));
    }

    /** Whether the last of the first {@code count} digits is the check digit of the others (ISO/IEC 7812-1, Luhn). */
    boolean passesLuhn(int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits.charAt(count - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    /** Whether the last digit is the check digit of the others by the rule of EAN: weights 1 and 3 in turn. */
    boolean passesEan() {
        int sum = 0;
        for (int i = 0; i < count(); i++) {
            int digit = digits.charAt(count() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : 3 * digit;
        }
        return sum % 10 == 0;
    }
}
