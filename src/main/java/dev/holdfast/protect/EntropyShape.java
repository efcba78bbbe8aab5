package dev.holdfast.protect;

import java.util.Optional;

/**
 * Runs of at least 32 letters and digits that look drawn by lot: upper case, lower case and digits, and as good as every
 * second character of another class than the one before it. Words put together change class seldom; hexadecimal digests and
 * UUIDs have one case only; images, fonts and public keys fill more than the longest run or begin in their known way.
 *
 * <p>An option: what is random need not be secret.
 */
final class EntropyShape implements Shape {
    private static final int LEAST = 32;
    private static final int MOST = 200;
    private static final double LEAST_CHANGES = 0.42;
    private static final double LEAST_BITS = 3.8;
    private static final Alphabet RUN = new Alphabet("0-9A-Za-z+/_\\-");
    private static final Alphabet NOT_BEFORE = new Alphabet("0-9A-Za-z+_\\-");
    private static final String[] PUBLIC = {
        "iVBORw0KGgo",
        "R0lGOD",
        "UklGR",
        "PHN2Zy",
        "d09GM",
        "AAAA",
        "sha256-",
        "sha384-",
        "sha512-",
        "MII",
        "MFkw",
        "MCow"
    };

    @Override
    public String firstCharacters() {
        return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";
    }

    @Override
    public Optional<Found> look(Window window) {
        if (NOT_BEFORE.has(window.peek(-1))) {
            return Optional.empty();
        }
        int to = window.runOf(RUN, 0);
        if (to < LEAST || to > MOST) {
            return Optional.empty();
        }
        while (window.peek(to) == '=') {
            to++;
        }
        return looksDrawnByLot(window.between(0, to))
                ? Optional.of(Found.of(SecretKind.HIGH_ENTROPY, 0, to))
                : Optional.empty();
    }

    private static boolean looksDrawnByLot(String run) {
        for (String beginning : PUBLIC) {
            if (run.startsWith(beginning)) {
                return false;
            }
        }
        return !isPath(run) && changes(run) >= LEAST_CHANGES && bits(run) >= LEAST_BITS;
    }

    /** Its first part, up to a slash, is a word or a number. */
    private static boolean isPath(String run) {
        int slash = run.indexOf('/');
        String first = slash < 0 ? "" : run.substring(0, slash);
        return slash == 0
                || first.chars().allMatch(Character::isLowerCase) && slash > 1
                || Alphabet.DIGITS.hasAll(first) && slash > 1;
    }

    /** How many neighbours differ in class, of all; 0 if a class is missing. */
    private static double changes(String run) {
        int changes = 0;
        boolean upper = false;
        boolean lower = false;
        boolean digit = false;
        for (int i = 0; i < run.length(); i++) {
            upper |= classOf(run.charAt(i)) == 0;
            lower |= classOf(run.charAt(i)) == 1;
            digit |= classOf(run.charAt(i)) == 2;
            changes += i > 0 && classOf(run.charAt(i)) != classOf(run.charAt(i - 1)) ? 1 : 0;
        }
        return upper && lower && digit ? (double) changes / (run.length() - 1) : 0;
    }

    private static int classOf(char character) {
        if (Character.isUpperCase(character)) {
            return 0;
        }
        return Character.isLowerCase(character) ? 1 : 2;
    }

    /** Shannon's entropy of its characters, in bits for each. */
    private static double bits(String run) {
        int[] counts = new int[128];
        run.chars().forEach(character -> counts[character]++);
        double bits = 0;
        for (int count : counts) {
            double share = (double) count / run.length();
            bits -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
