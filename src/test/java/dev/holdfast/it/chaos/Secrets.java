package dev.holdfast.it.chaos;

import java.util.Random;

/** Keys that somebody says by mistake, and how texts with and without them are compared. */
final class Secrets {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BODY = 16;

    private Secrets() {}

    static String key(Random random) {
        StringBuilder key = new StringBuilder("AKIA");
        for (int i = 0; i < BODY; i++) {
            key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return key.toString();
    }

    /** What was said, as it is expected to be kept. */
    static String takenOut(String said) {
        return said.replaceAll("AKIA[A-Z2-7]{16}", "<AWS_KEY>");
    }

    /** What was kept; its placeholders' numbers depend on when the server was started. A key stays one, to be seen. */
    static String unnumbered(String kept) {
        return kept.replaceAll("<AWS_KEY_\\d+>", "<AWS_KEY>");
    }
}
