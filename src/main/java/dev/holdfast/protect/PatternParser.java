package dev.holdfast.protect;

import dev.holdfast.protect.PatternProgram.CharacterSet;
import dev.holdfast.protect.PatternProgram.SyntaxException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads the expressions of {@link CustomPattern}:
 *
 * <pre>
 *   expression = ["(?i)"] either          either = sequence {"|" sequence}       sequence = {repeated}
 *   repeated   = one ["?" | "{" number ["," number] "}"]
 *   one        = character | "." | "\" letter or sign | "[" ["^"] {range} "]" | "(" ["?:"] either ")"
 * </pre>
 */
final class PatternParser {
    private static final String IGNORE_CASE = "(?i)";
    private static final String SIGNS = "\\.[](){}|?*+^$/-\"'=:,;#<>@!%& ";
    private static final int MOST_DIGITS = 3;

    private final String text;
    private final boolean ignoreCase;
    private int at;

    PatternParser(String text) {
        this.text = text;
        this.ignoreCase = text.startsWith(IGNORE_CASE);
        this.at = ignoreCase ? IGNORE_CASE.length() : 0;
    }

    PatternNode parse() throws SyntaxException {
        PatternNode node = either();
        if (at < text.length()) {
            throw wrong("a closing bracket that nothing opened");
        }
        return node;
    }

    private PatternNode either() throws SyntaxException {
        PatternNode node = sequence();
        while (take('|')) {
            node = new PatternNode.Either(node, sequence());
        }
        return node;
    }

    private PatternNode sequence() throws SyntaxException {
        List<PatternNode> parts = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            parts.add(repeated());
        }
        return new PatternNode.Sequence(List.copyOf(parts));
    }

    private PatternNode repeated() throws SyntaxException {
        PatternNode node = one();
        if (take('?')) {
            return repeat(node, 0, 1);
        }
        if (!take('{')) {
            return node;
        }
        int least = number();
        int most = take(',') ? number() : least;
        expect('}');
        if (most < least) {
            throw wrong("braces whose second number is below the first");
        }
        return repeat(node, least, most);
    }

    /** What may be empty is not repeated: each repetition adds to the program, so its limit bounds the work of writing it. */
    private PatternNode repeat(PatternNode node, int least, int most) throws SyntaxException {
        if (node.least() == 0) {
            throw wrong("a repetition of something that may be empty");
        }
        return new PatternNode.Repeated(node, least, most);
    }

    private int number() throws SyntaxException {
        int from = at;
        while (at < text.length() && Alphabet.DIGITS.has(text.charAt(at))) {
            at++;
        }
        if (at == from || at - from > MOST_DIGITS) {
            throw wrong("braces without a number of one to three digits; a repetition needs an upper limit");
        }
        return Integer.parseInt(text.substring(from, at));
    }

    private PatternNode one() throws SyntaxException {
        char character = text.charAt(at++);
        switch (character) {
            case '(':
                return group();
            case '[':
                return new PatternNode.OneOf(bracketed());
            case '.':
                return new PatternNode.OneOf(new CharacterSet(bits("\n"), true));
            case '\\':
                return escaped();
            case '*', '+':
                throw wrong("a repetition without an upper limit: say {0,40} or {1,40}");
            case '?', '{', '}', ']', '^', '$':
                throw wrong("'" + character + "' where it means nothing here: put a backslash before a plain one");
            default:
                return new PatternNode.OneOf(set(range(character, character), false));
        }
    }

    private PatternNode group() throws SyntaxException {
        if (take('?') && !take(':')) {
            throw wrong("a group of an unknown kind: expected (…) or (?:…)");
        }
        PatternNode node = either();
        expect(')');
        return node;
    }

    private PatternNode escaped() throws SyntaxException {
        if (at == text.length()) {
            throw wrong("a backslash at the end");
        }
        char letter = text.charAt(at++);
        return letter == 'b' ? new PatternNode.Edge() : new PatternNode.OneOf(escapedSet(letter));
    }

    private CharacterSet escapedSet(char letter) throws SyntaxException {
        return switch (letter) {
            case 'd' -> new CharacterSet(bits("0123456789"), false);
            case 'D' -> new CharacterSet(bits("0123456789"), true);
            case 's' -> new CharacterSet(bits(" \t\r\n\f"), false);
            case 'S' -> new CharacterSet(bits(" \t\r\n\f"), true);
            case 'w' -> new CharacterSet(word(), false);
            case 'W' -> new CharacterSet(word(), true);
            case 't' -> new CharacterSet(bits("\t"), false);
            case 'n' -> new CharacterSet(bits("\n"), false);
            default -> {
                if (SIGNS.indexOf(letter) < 0) {
                    throw wrong("an escape that is not known here");
                }
                yield new CharacterSet(bits(String.valueOf(letter)), false);
            }
        };
    }

    private CharacterSet bracketed() throws SyntaxException {
        boolean negated = take('^');
        BitSet characters = new BitSet();
        while (!take(']')) {
            CharacterSet first = inBrackets();
            boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
            if (!range) {
                characters.or(first.characters());
                continue;
            }
            at++;
            CharacterSet last = inBrackets();
            if (first.characters().cardinality() != 1 || last.characters().cardinality() != 1) {
                throw wrong("a range between classes");
            }
            characters.or(
                    range(first.characters().nextSetBit(0), last.characters().nextSetBit(0)));
        }
        if (characters.isEmpty()) {
            throw wrong("a class of no characters");
        }
        return set(characters, negated);
    }

    private CharacterSet inBrackets() throws SyntaxException {
        if (at == text.length()) {
            throw wrong("a class that is not closed");
        }
        char character = text.charAt(at++);
        if (character != '\\') {
            return new CharacterSet(range(character, character), false);
        }
        if (at == text.length()) {
            throw wrong("a backslash at the end");
        }
        CharacterSet set = escapedSet(text.charAt(at++));
        if (set.negated()) {
            throw wrong("a negated class inside brackets");
        }
        return set;
    }

    private CharacterSet set(BitSet characters, boolean negated) {
        BitSet all = (BitSet) characters.clone();
        if (ignoreCase) {
            characters.stream().forEach(character -> {
                all.set(Character.toLowerCase(character));
                all.set(Character.toUpperCase(character));
            });
        }
        return new CharacterSet(all, negated);
    }

    private BitSet range(int first, int last) throws SyntaxException {
        if (last < first) {
            throw wrong("a range that runs backwards");
        }
        BitSet characters = new BitSet();
        characters.set(first, last + 1);
        return characters;
    }

    private static BitSet bits(String characters) {
        BitSet bits = new BitSet();
        characters.chars().forEach(bits::set);
        return bits;
    }

    private BitSet word() throws SyntaxException {
        BitSet word = range('a', 'z');
        word.or(range('A', 'Z'));
        word.or(range('0', '9'));
        word.set('_');
        return word;
    }

    private boolean take(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char expected) throws SyntaxException {
        if (!take(expected)) {
            throw wrong("expected '" + expected + "'");
        }
    }

    private SyntaxException wrong(String what) {
        return new SyntaxException("at character " + at + ": " + what);
    }
}
