package dev.holdfast.protect;

import java.util.Optional;

/**
 * Private keys between a BEGIN and an END line (RFC 7468; OpenPGP: RFC 9580, section 6.2). Once a BEGIN line with
 * something like a key behind it was seen, everything up to the END line belongs to the secret, however long; without an
 * END line, everything. The BEGIN line alone, as prose quotes it, is none.
 *
 * <p>Line breaks may be spelled {@code \n}, as in JSON.
 */
final class PrivateKeyShape implements Shape {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";
    private static final int LONGEST_LABEL = 64;
    private static final int LONGEST_BREAK = 16;
    private static final int LEAST_BODY = 16;
    private static final Alphabet LABEL = new Alphabet("A-Z0-9 ");
    private static final Alphabet BREAK = new Alphabet(" \t\r\n\"+\\\\");
    private static final int LONGEST_HEADER_NAME = 24;
    private static final Alphabet HEADER_NAME = new Alphabet("A-Za-z\\-");

    @Override
    public String firstCharacters() {
        return "-";
    }

    @Override
    public Optional<Found> look(Window window) {
        if (!window.reads(BEGIN, 0) || window.peek(-1) == '-') {
            return Optional.empty();
        }
        int label = BEGIN.length();
        int labelEnd = window.runOf(LABEL, label);
        if (labelEnd - label > LONGEST_LABEL || !window.reads(DASHES, labelEnd)) {
            return Optional.empty();
        }
        String name = window.between(label, labelEnd);
        int to = labelEnd + DASHES.length();
        boolean isPrivate = name.endsWith("PRIVATE KEY") || name.endsWith("PRIVATE KEY BLOCK");
        return isPrivate && bodyFollows(window, to)
                ? Optional.of(new Found(SecretKind.PRIVATE_KEY.name(), 0, to, new UpToEnd()))
                : Optional.empty();
    }

    private static boolean bodyFollows(Window window, int from) {
        int body = from;
        while (body < from + LONGEST_BREAK && isBreak(window, body)) {
            body++;
        }
        return body > from && (isBase64(window, body) || isHeader(window, body));
    }

    private static boolean isBase64(Window window, int from) {
        for (int i = from; i < from + LEAST_BODY; i++) {
            if (!Alphabet.BASE64.has(window.peek(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code Proc-Type: 4,ENCRYPTED} of RFC 1421, {@code Version: …} of OpenPGP. */
    private static boolean isHeader(Window window, int from) {
        int name = from;
        while (name < from + LONGEST_HEADER_NAME && HEADER_NAME.has(window.peek(name))) {
            name++;
        }
        return name > from && window.peek(name) == ':';
    }

    /** An {@code n}, {@code r} or {@code t} belongs to the break if a backslash stands before it. */
    private static boolean isBreak(Window window, int place) {
        int character = window.peek(place);
        return BREAK.has(character)
                || window.peek(place - 1) == '\\' && (character == 'n' || character == 'r' || character == 't');
    }

    /** Takes everything up to the hyphens that close the END line, and remembers how much of that line it has seen. */
    private static final class UpToEnd implements Rest {
        private static final String END = "-----END";

        private int matched;
        private int closing;
        private boolean closed;

        @Override
        public boolean takes(char character) {
            if (closed) {
                return false;
            }
            if (matched < END.length()) {
                matched = next(character);
            } else {
                closing = character == '-' ? closing + 1 : 0;
                closed = closing == DASHES.length();
            }
            return true;
        }

        /** Hyphens beyond the fifth are still the beginning of {@link #END}. */
        private int next(char character) {
            if (character == END.charAt(matched)) {
                return matched + 1;
            }
            if (character != '-') {
                return 0;
            }
            return matched == DASHES.length() ? matched : 1;
        }
    }
}
