package dev.holdfast.protect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * International bank account numbers (ISO 13616), in one piece or in groups with single spaces. The length of each country
 * is that of the registry, so that what follows does not count.
 *
 * @see <a href="https://www.swift.com/standards/data-standards/iban-international-bank-account-number">IBAN registry</a>
 */
final class IbanShape implements Shape {
    private static final String LENGTHS = """
            AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27\
            GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19\
            MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23\
            TN24TR26UA29VA22VG24XK20""";
    private static final Map<String, Integer> LENGTH_OF = lengths();
    private static final Alphabet CHARACTERS = new Alphabet("0-9A-Z");

    private static Map<String, Integer> lengths() {
        Map<String, Integer> lengths = new HashMap<>();
        for (int i = 0; i < LENGTHS.length(); i += 4) {
            lengths.put(LENGTHS.substring(i, i + 2), Integer.parseInt(LENGTHS.substring(i + 2, i + 4)));
        }
        return Map.copyOf(lengths);
    }

    @Override
    public String firstCharacters() {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    }

    @Override
    public Optional<Found> look(Window window) {
        boolean begins = Alphabet.UPPER.has(window.peek(1))
                && Alphabet.DIGITS.has(window.peek(2))
                && Alphabet.DIGITS.has(window.peek(3));
        if (!begins || !window.atWordStart()) {
            return Optional.empty();
        }
        int length = LENGTH_OF.getOrDefault(window.between(0, 2), 0);
        StringBuilder number = new StringBuilder();
        int place = 0;
        while (number.length() < length) {
            boolean space = number.length() > 0 && window.peek(place) == ' ';
            int character = window.peek(space ? place + 1 : place);
            if (!CHARACTERS.has(character)) {
                return Optional.empty();
            }
            number.append((char) character);
            place += space ? 2 : 1;
        }
        return length > 0 && !Alphabet.WORD.has(window.peek(place)) && remainder(number) == 1
                ? Optional.of(Found.of(SecretKind.IBAN, 0, place))
                : Optional.empty();
    }

    /** Modulo 97 of the number with its first four characters put last and letters read as 10 to 35 (ISO 7064). */
    private static int remainder(CharSequence number) {
        int remainder = 0;
        for (int i = 0; i < number.length(); i++) {
            int value = Character.digit(number.charAt((i + 4) % number.length()), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }
}
