package dev.holdfast.protect;

import java.util.Optional;

/**
 * Pairs of a key and a value, as configuration, code, JSON, XML, URLs, command lines, SQL and prose write them:
 *
 * <pre>
 *   DB_PASSWORD=…   "api_key": "…"   token => '…'   --password …   &lt;password>…&lt;/password>   PASSWORD '…'   password is …
 * </pre>
 *
 * <p>The value is a secret, the key stays. {@link PairKey} says what is a key, {@link PairValue} what is no value.
 */
final class PairShape implements Shape {
    private static final int MOST_BLANKS = 8;
    private static final int LONGEST_NAME = 40;
    private static final Alphabet NAME = new Alphabet("0-9A-Za-z_.:\\-");
    private static final Alphabet BEHIND_KEY = new Alphabet("\"'`]*\\\\");
    private static final Alphabet ENDS_BARE = new Alphabet(" \t\r\n,;&\"'`<>)]}|");

    /** How a value is joined to its key. */
    private enum Join {
        EQUALS,
        CLOSE_EQUALS,
        COLON,
        COMMA,
        FLAG,
        ELEMENT,
        /** Nothing but blanks, as before a literal of SQL. */
        BLANKS,
        /** "is", in some language. */
        IS
    }

    private record Joined(Join join, int end) {}

    private record Value(int from, int to, PairValue value, Rest rest) {}

    @Override
    public String firstCharacters() {
        StringBuilder first = new StringBuilder();
        for (PairKey key : PairKey.ALL) {
            char letter = key.word().charAt(0);
            first.append(letter).append(Character.toUpperCase(letter));
        }
        return first.toString();
    }

    @Override
    public Optional<Found> look(Window window) {
        Optional<PairKey.Read> read = PairKey.read(window);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        PairKey key = read.get().key();
        Optional<Joined> joined = join(window, read.get().end(), key);
        if (joined.isEmpty()) {
            return Optional.empty();
        }
        Value value = value(window, joined.get(), key);
        return isSecret(key, joined.get().join(), value.value())
                ? Optional.of(new Found(key.kind().name(), value.from(), value.to(), value.rest()))
                : Optional.empty();
    }

    /**
     * The kind of secret that {@code value} is as the value of {@code name} in a structure such as a JSON object; empty if it
     * is none.
     */
    static Optional<SecretKind> kindOfMember(String name, String value) {
        Window window = new Window();
        for (int at = Math.max(0, name.length() - LONGEST_NAME); at < name.length(); at++) {
            window.open(name, at, name.length(), true);
            Optional<PairKey.Read> read = PairKey.read(window);
            if (read.isPresent() && at + read.get().end() == name.length()) {
                PairKey key = read.get().key();
                return PairValue.of(value, true, true).isSecretOf(key) ? Optional.of(key.kind()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isSecret(PairKey key, Join join, PairValue value) {
        if (!value.isSecretOf(key)) {
            return false;
        }
        return switch (join) {
            case IS -> value.isNoWord();
            case BLANKS, COMMA -> value.quoted() && value.isNoWord();
            default -> true;
        };
    }

    private static Optional<Joined> join(Window window, int keyEnd, PairKey key) {
        int end = keyEnd;
        while (end < keyEnd + 4 && BEHIND_KEY.has(window.peek(end))) {
            end++;
        }
        int sign = blanks(window, end);
        int character = window.peek(sign);
        if (character == '=' || character == '＝') {
            return equalsSign(window, end, sign);
        }
        if (character == ':' || character == '：') {
            int next = window.peek(sign + 1);
            return next == ':'
                    ? Optional.empty()
                    : Optional.of(new Joined(Join.COLON, next == '=' ? sign + 2 : sign + 1));
        }
        if (character == ',' && end > keyEnd) {
            return Optional.of(new Joined(Join.COMMA, sign + 1));
        }
        if (character == '>' && sign == keyEnd && beforeName(window) == '<') {
            return Optional.of(new Joined(Join.ELEMENT, sign + 1));
        }
        return sign > keyEnd ? words(window, sign, key) : Optional.empty();
    }

    private static Optional<Joined> equalsSign(Window window, int keyEnd, int sign) {
        int next = window.peek(sign + 1);
        if (next == '=' || next == '~') {
            return Optional.empty();
        }
        if (next == '>') {
            return Optional.of(new Joined(Join.EQUALS, sign + 2));
        }
        boolean close = sign == keyEnd && !Alphabet.BLANKS.has(next);
        return Optional.of(new Joined(close ? Join.CLOSE_EQUALS : Join.EQUALS, sign + 1));
    }

    private static Optional<Joined> words(Window window, int from, PairKey key) {
        if (window.peek(nameStart(window)) == '-') {
            return Optional.of(new Joined(Join.FLAG, from));
        }
        if (!key.meansPassword()) {
            return Optional.empty();
        }
        for (String is : new String[] {"is", "ist", "lautet", "est", "es", "è", "é"}) {
            int end = from + is.length();
            boolean colon = window.peek(end) == ':';
            if (window.readsAnyCase(is, from) && (colon || Alphabet.BLANKS.has(window.peek(end)))) {
                return Optional.of(new Joined(Join.IS, colon ? end + 1 : end));
            }
        }
        return Optional.of(new Joined(Join.BLANKS, from));
    }

    /** What stands before the name that the key ends. */
    private static int beforeName(Window window) {
        return window.peek(nameStart(window) - 1);
    }

    private static int nameStart(Window window) {
        int start = 0;
        while (start > -LONGEST_NAME && NAME.has(window.peek(start - 1))) {
            start--;
        }
        return start;
    }

    private static int blanks(Window window, int from) {
        int end = from;
        while (end < from + MOST_BLANKS && isBlank(window.peek(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBlank(int character) {
        return character == ' ' || character == '\t' || character == '\u00a0' || character == '\u3000';
    }

    private static Value value(Window window, Joined joined, PairKey key) {
        int from = blanks(window, joined.end());
        // Markdown puts the colon inside the bold name: **Password:** …
        if (window.reads("**", from) && isBlank(window.peek(from + 2))) {
            from = blanks(window, from + 2);
        }
        if (joined.join() == Join.ELEMENT) {
            return element(window, from);
        }
        boolean escaped = window.peek(from) == '\\' && window.peek(from + 1) == '"';
        int quote = window.peek(escaped ? from + 1 : from);
        if (quote == '"' || quote == '\'' || quote == '`') {
            Optional<Value> quoted = quoted(window, escaped ? from + 2 : from + 1, quote, escaped);
            if (quoted.isPresent()) {
                return quoted.get();
            }
        }
        return bare(window, key.kind() == SecretKind.AUTHORIZATION ? behindScheme(window, from) : from, joined.join());
    }

    /** Up to the tag that closes it; nothing if another one follows, for then it was no element but a blank to fill in. */
    private static Value element(Window window, int from) {
        int to = from;
        while (window.peek(to) != '<' && window.peek(to) != '\n' && window.peek(to) != Window.NOTHING) {
            to++;
        }
        boolean closed = to == Window.REACH || window.peek(to) == '<' && window.peek(to + 1) == '/';
        String text = closed ? window.between(from, to) : "";
        return new Value(from, to, PairValue.of(text, true, false), rest(to, '<'));
    }

    /** Up to the same quote; empty if the line ends before it. A backslash keeps a quote from closing. */
    private static Optional<Value> quoted(Window window, int from, int quote, boolean escaped) {
        int to = from;
        while (to < Window.REACH && !closes(window, to, quote, escaped)) {
            if (window.peek(to) == Window.NOTHING || window.peek(to) == '\n') {
                return Optional.empty();
            }
            to += !escaped && window.peek(to) == '\\' ? 2 : 1;
        }
        int end = Math.min(to, Window.REACH);
        return Optional.of(
                new Value(from, end, PairValue.of(window.between(from, end), true, false), rest(end, (char) quote)));
    }

    private static boolean closes(Window window, int place, int quote, boolean escaped) {
        return escaped ? window.peek(place) == '\\' && window.peek(place + 1) == quote : window.peek(place) == quote;
    }

    private static Value bare(Window window, int from, Join join) {
        int to = from;
        // An ampersand ends a parameter of a URL; behind a colon it belongs to the password.
        while (isBare(window.peek(to)) || join == Join.COLON && window.peek(to) == '&') {
            to++;
        }
        Rest rest = to < Window.REACH ? rest(to, ' ') : character -> isBare(character);
        while (to < Window.REACH && to > from && isFullStop(window.peek(to - 1))) {
            to--;
        }
        boolean close = join == Join.CLOSE_EQUALS;
        return new Value(from, to, PairValue.of(window.between(from, to), false, close), rest);
    }

    private static boolean isBare(int character) {
        return character != Window.NOTHING && !ENDS_BARE.has(character) && !isBlank(character) && !isCjkStop(character);
    }

    private static boolean isFullStop(int character) {
        return character == '.' || character == ':' || character == '?';
    }

    private static boolean isCjkStop(int character) {
        return character == '，' || character == '。' || character == '；' || character == '、' || character == '”';
    }

    /** {@code Token abc…}: the word before the credential of an Authorization header. */
    private static int behindScheme(Window window, int from) {
        int word = window.runOf(Alphabet.LETTERS, from);
        int next = blanks(window, word);
        return next > word && Alphabet.ALPHANUMERIC.has(window.peek(next)) ? next : from;
    }

    /** A value that fills the window goes on up to the character that ends it, or the end of the line. */
    private static Rest rest(int to, char end) {
        return to < Window.REACH ? character -> false : character -> character != end && character != '\n';
    }
}
