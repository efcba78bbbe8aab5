package dev.holdfast.protect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pattern of one's own: a name, which stands in placeholders, and a regular expression.
 *
 * <p>The expressions are a small language that can never run away: characters, {@code .}, classes in brackets,
 * {@code \d \w \s \b}, groups, {@code |}, {@code ?}, {@code {n}} and {@code {n,m}}, and {@code (?i)} at the beginning.
 * There is no {@code *} and no {@code +}: say {@code {1,40}}. What matches is 1 to {@value #LONGEST_MATCH} characters long, the
 * longest match counts, and it is found by following all ways at once, so that its cost at any place is bounded by the
 * expression.
 *
 * @see <a href="https://swtch.com/~rsc/regexp/regexp1.html">Regular Expression Matching Can Be Simple And Fast</a>
 */
public final class CustomPattern {
    /** How long an expression may be, in characters. */
    public static final int LONGEST_EXPRESSION = 256;

    /** How long a match may be, in UTF-16 units. */
    public static final int LONGEST_MATCH = 256;

    private static final int LONGEST_NAME = 32;

    private final String name;
    private final PatternProgram program;

    /**
     * @param name upper-case letters, digits and underscores, beginning with a letter; none of {@link SecretKind}
     * @throws IllegalArgumentException naming the pattern and the place of what is wrong
     */
    public CustomPattern(String name, String expression) {
        if (!name.matches("[A-Z][A-Z0-9_]{0," + (LONGEST_NAME - 1) + "}") || isBuiltIn(name)) {
            throw new IllegalArgumentException("a redaction pattern has no usable name: expected a new one of up to "
                    + LONGEST_NAME + " upper-case letters, digits and underscores");
        }
        this.name = name;
        if (expression.length() > LONGEST_EXPRESSION) {
            throw new IllegalArgumentException("redaction pattern " + name + ": expected at most " + LONGEST_EXPRESSION
                    + " characters, found " + expression.length());
        }
        try {
            this.program = PatternProgram.parse(expression);
        } catch (PatternProgram.SyntaxException e) {
            throw new IllegalArgumentException("redaction pattern " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * The patterns in {@code text}: one a line, {@code NAME=expression}. Blank lines and lines that begin with {@code #} are
     * passed over.
     *
     * @throws IllegalArgumentException as the constructor, or naming the line
     */
    public static List<CustomPattern> parse(String text) {
        List<CustomPattern> patterns = new ArrayList<>();
        String[] lines = text.split("\\R");
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                int sign = line.indexOf('=');
                if (sign < 0) {
                    throw new IllegalArgumentException(
                            "line " + (i + 1) + " holds no redaction pattern: expected NAME=expression");
                }
                patterns.add(new CustomPattern(
                        line.substring(0, sign).strip(),
                        line.substring(sign + 1).strip()));
            }
        }
        return List.copyOf(patterns);
    }

    private static boolean isBuiltIn(String name) {
        for (SecretKind kind : SecretKind.values()) {
            if (kind.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Its name in placeholders. */
    public String name() {
        return name;
    }

    Shape shape() {
        return new Shape() {
            @Override
            public String firstCharacters() {
                return "";
            }

            @Override
            public Optional<Found> look(Window window) {
                int to = program.longestMatch(window);
                return to > 0 ? Optional.of(new Found(name, 0, to, character -> false)) : Optional.empty();
            }
        };
    }
}
