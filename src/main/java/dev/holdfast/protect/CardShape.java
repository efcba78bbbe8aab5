package dev.holdfast.protect;

import java.util.Optional;

/** Card numbers (ISO/IEC 7812) of Visa, Mastercard, American Express, Discover, Diners Club, JCB and UnionPay. */
final class CardShape implements Shape {
    private static final int LEAST = 13;
    private static final int MOST = 19;
    private static final Alphabet SEPARATORS = new Alphabet(" \\-");
    private static final Alphabet NOT_BEFORE = new Alphabet("0-9A-Za-z_.\\-");

    @Override
    public String firstCharacters() {
        return "23456";
    }

    @Override
    public Optional<Found> look(Window window) {
        if (NOT_BEFORE.has(window.peek(-1))) {
            return Optional.empty();
        }
        DigitRun run = DigitRun.read(window, 0, MOST, SEPARATORS);
        for (int count = run.count(); count >= LEAST; count--) {
            boolean ends = !Alphabet.WORD.has(window.peek(run.ends()[count]));
            if (ends && isIssued(run, count) && run.passesLuhn(count)) {
                return Optional.of(Found.of(SecretKind.CARD, 0, run.ends()[count]));
            }
        }
        return Optional.empty();
    }

    private static boolean isIssued(DigitRun run, int count) {
        int two = (int) run.number(2);
        int four = (int) run.number(4);
        return switch (count) {
            case 13, 19 -> two / 10 == 4 || count == 19 && two == 62;
            case 14 -> two == 36 || two == 38 || four / 10 >= 300 && four / 10 <= 305;
            case 15 -> two == 34 || two == 37;
            case 16 ->
                two / 10 == 4
                        || two >= 51 && two <= 55
                        || four >= 2221 && four <= 2720
                        || four == 6011
                        || two == 65
                        || four / 10 >= 644 && four / 10 <= 649
                        || four >= 3528 && four <= 3589
                        || two == 62;
            default -> two == 62;
        };
    }
}
