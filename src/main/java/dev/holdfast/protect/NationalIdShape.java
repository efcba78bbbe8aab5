package dev.holdfast.protect;

import java.util.Optional;
import java.util.Set;

/**
 * National numbers of persons:
 *
 * <ul>
 *   <li>United States, Social Security: {@code 219-09-9999}; area not 000, 666 or 9xx, no group of zeros
 *   <li>United Kingdom, National Insurance: {@code AB 12 34 56 C}; prefixes that are given out
 *   <li>Spain, DNI and NIE: {@code 12345678Z}, {@code X1234567L}; check letter modulo 23
 *   <li>Switzerland, AHV: {@code 756.9217.0769.85}; check digit of EAN-13
 *   <li>France, NIR: {@code 1 85 05 78 006 084 91}; key modulo 97 (not the Corsican form with a letter)
 * </ul>
 */
final class NationalIdShape implements Shape {
    private static final String SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final Alphabet NOT_BEFORE = new Alphabet("0-9A-Za-z_.\\-");
    private static final Alphabet HYPHEN = new Alphabet("\\-");
    private static final Alphabet DOT = new Alphabet(".");
    private static final Alphabet SPACE = new Alphabet(" ");
    private static final Alphabet NONE = new Alphabet("");
    private static final Alphabet BRITISH_SECOND = new Alphabet("A-CEGHJ-NPR-TW-Z");
    private static final Alphabet BRITISH_LAST = new Alphabet("A-D");

    /** Prefixes that are not given out. */
    private static final Set<String> NOT_BRITISH = Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ");

    @Override
    public String firstCharacters() {
        return "0123456789ABCEGHJKLMNOPRSTWXYZ";
    }

    @Override
    public Optional<Found> look(Window window) {
        if (NOT_BEFORE.has(window.peek(-1)) && !window.atWordStart()) {
            return Optional.empty();
        }
        int end;
        if (Alphabet.DIGITS.has(window.peek(0))) {
            end = firstOf(american(window), swiss(window), french(window), spanish(window, 0, ""));
        } else {
            int first = "XYZ".indexOf(window.peek(0));
            end = firstOf(first < 0 ? 0 : spanish(window, 1, Integer.toString(first)), british(window));
        }
        return end > 0 && !Alphabet.WORD.has(window.peek(end)) && window.peek(end) != '-'
                ? Optional.of(Found.of(SecretKind.NATIONAL_ID, 0, end))
                : Optional.empty();
    }

    private static int firstOf(int... ends) {
        for (int end : ends) {
            if (end > 0) {
                return end;
            }
        }
        return 0;
    }

    private static int american(Window window) {
        DigitRun run = DigitRun.read(window, 0, 9, HYPHEN);
        boolean grouped = run.count() == 9 && run.end() == 11 && window.peek(3) == '-' && window.peek(6) == '-';
        if (!grouped) {
            return 0;
        }
        int area = (int) run.number(3);
        boolean zeros = run.digits().startsWith("00", 3) || run.digits().endsWith("0000");
        return area == 0 || area == 666 || area >= 900 || zeros ? 0 : run.end();
    }

    private static int swiss(Window window) {
        DigitRun run = DigitRun.read(window, 0, 13, DOT);
        boolean grouped = run.end() == 13
                || run.end() == 16 && window.peek(3) == '.' && window.peek(8) == '.' && window.peek(13) == '.';
        return run.count() == 13 && run.digits().startsWith("756") && grouped && run.passesEan() ? run.end() : 0;
    }

    private static int french(Window window) {
        DigitRun run = DigitRun.read(window, 0, 15, SPACE);
        if (run.count() != 15 || run.digits().charAt(0) != '1' && run.digits().charAt(0) != '2') {
            return 0;
        }
        return 97 - run.number(13) % 97 == run.number(15) % 100 ? run.end() : 0;
    }

    private static int spanish(Window window, int from, String leading) {
        DigitRun run = DigitRun.read(window, from, 8 - leading.length(), NONE);
        int letter = window.peek(run.end()) == '-' ? run.end() + 1 : run.end();
        if (run.count() + leading.length() != 8) {
            return 0;
        }
        int rest = Integer.parseInt(leading + run.digits()) % SPANISH_LETTERS.length();
        return window.peek(letter) == SPANISH_LETTERS.charAt(rest) ? letter + 1 : 0;
    }

    /** Its first letter can be no other than {@link #firstCharacters} has. */
    private static int british(Window window) {
        if (!BRITISH_SECOND.has(window.peek(1)) || NOT_BRITISH.contains(window.between(0, 2))) {
            return 0;
        }
        boolean spaced = window.peek(2) == ' ';
        DigitRun run = DigitRun.read(window, spaced ? 3 : 2, 6, SPACE);
        int letter = window.peek(run.end()) == ' ' ? run.end() + 1 : run.end();
        return run.count() == 6 && BRITISH_LAST.has(window.peek(letter)) ? letter + 1 : 0;
    }
}
