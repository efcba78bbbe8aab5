package dev.holdfast.protect;

import java.util.Optional;

/**
 * Addresses of the Internet Protocol: version 4 in its dotted form, version 6 (RFC 4291) if global, unique local or
 * link-local. Neither loopback nor unspecified ones, nor masks: they are nobody's.
 */
final class IpAddressShape implements Shape {
    private static final int GROUPS = 8;
    private static final Alphabet NOT_BEFORE = new Alphabet("0-9A-Za-z_.:\\-");

    @Override
    public String firstCharacters() {
        return "0123456789fF";
    }

    @Override
    public Optional<Found> look(Window window) {
        int before = window.peek(-1);
        if (NOT_BEFORE.has(before) && !(before == ':' && !Alphabet.WORD.has(window.peek(-2)))) {
            return Optional.empty();
        }
        Optional<Found> four = version4(window);
        return four.isPresent() ? four : version6(window);
    }

    private static Optional<Found> version4(Window window) {
        int place = 0;
        int[] numbers = new int[4];
        for (int i = 0; i < 4; i++) {
            int end = place;
            while (end < place + 3 && Alphabet.DIGITS.has(window.peek(end))) {
                numbers[i] = numbers[i] * 10 + window.peek(end) - '0';
                end++;
            }
            if (end == place || numbers[i] > 255 || i < 3 && window.peek(end) != '.') {
                return Optional.empty();
            }
            place = i < 3 ? end + 1 : end;
        }
        int after = window.peek(place);
        boolean goesOn = Alphabet.WORD.has(after)
                || (after == '.' || after == '-') && Alphabet.ALPHANUMERIC.has(window.peek(place + 1));
        boolean nobodys = numbers[0] == 127 || numbers[0] == 0 || numbers[0] == 255;
        return goesOn || nobodys ? Optional.empty() : Optional.of(Found.of(SecretKind.IP_ADDRESS, 0, place));
    }

    private static Optional<Found> version6(Window window) {
        if (!isSomebodys(window)) {
            return Optional.empty();
        }
        int groups = 0;
        boolean gap = false;
        int place = 0;
        while (groups < GROUPS) {
            int end = place;
            while (end < place + 4 && Alphabet.HEX.has(window.peek(end))) {
                end++;
            }
            if (end == place) {
                break;
            }
            groups++;
            place = end;
            boolean colon = window.peek(place) == ':';
            boolean second = window.peek(place + 1) == ':';
            if (colon && second && !gap) {
                gap = true;
                place += 2;
            } else if (colon && Alphabet.HEX.has(window.peek(place + 1)) && groups < GROUPS) {
                place++;
            } else {
                break;
            }
        }
        boolean whole = gap ? groups < GROUPS : groups == GROUPS;
        int after = window.peek(place);
        return whole && !Alphabet.WORD.has(after) && after != ':'
                ? Optional.of(Found.of(SecretKind.IP_ADDRESS, 0, place))
                : Optional.empty();
    }

    /** Its first group is of 2000::/3, fc00::/7 or fe80::/10. */
    private static boolean isSomebodys(Window window) {
        for (int i = 0; i < 4; i++) {
            if (!Alphabet.HEX.has(window.peek(i))) {
                return false;
            }
        }
        int first = Integer.parseInt(window.between(0, 4), 16);
        return window.peek(4) == ':' && (first >>> 13 == 1 || first >>> 9 == 0x7e || first >>> 6 == 0x3fa);
    }
}
