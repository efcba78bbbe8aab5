package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TICKET-\\d{3,5}      | see TICKET-12345.       | see <X_0>.",
                "TICKET-\\d{3}        | TICKET-12 TICKET-123    | TICKET-12 <X_0>",
                "\\bcat\\b            | cat concat cats cat     | <X_0> concat cats <X_0>",
                "(?i)acme-[a-f0-9]{4} | ACME-00Ff acme-00fg     | <X_0> acme-00fg",
                "(ab){2,3}c?          | ababab abababc abc      | <X_0> <X_1> abc",
                "[^ ]{3}              | abc de                  | <X_0> de",
                "a[.\\-]b             | a.b a-b axb             | <X_0> <X_1> axb",
                "你好?                | 你 你好                 | <X_0> <X_1>",
                "a.c                  | abc a😀c                | <X_0> a😀c",
                "\\D\\D               | 12ab3                   | 12<X_0>3",
                "\\w\\w\\w\\w          | _aZ9 a-b                | <X_0> a-b",
                "\\w{2}               | az AZ 09 @[ `{ :/       | <X_0> <X_1> <X_2> @[ `{ :/",
                "a\\sb\\Sc             | a bxc axbxc             | <X_0> axbxc",
                "a\\Wb                | a-b axb                 | <X_0> axb",
                "[\\w-]{3}            | a-b a+b                 | <X_0> a+b",
                "[-a]{2}              | -a +a                   | <X_0> +a",
                "[a-]{2}              | -a +a                   | <X_0> +a",
                "[a-c]{3}             | abc abd                 | <X_0> abd",
                "(?i)[a-c]{3}é        | aBCÉ abdé               | <X_0> abdé",
                "(?i)KEY              | key Key kex             | <X_0> <X_1> kex",
            })
    void expressionTakesOutWhatItDescribes(String expression, String text, String redacted) {
        assertEquals(redacted, redact(new CustomPattern("X", expression), text));
    }

    @Test
    void lineEndsAndTabsHaveEscapes() {
        assertEquals("<X_0>", redact(new CustomPattern("X", "a\\nb\\tc"), "a\nb\tc"));
        assertEquals("<X_0>", redact(new CustomPattern("X", "a\\s{5}b"), "a \t\r\n\fb"));
        assertEquals("a\nb", redact(new CustomPattern("X", "a.b"), "a\nb"));
    }

    @Test
    void eitherOfTwoIsTakenAndTheLongestCounts() {
        assertEquals("<X_0> <X_1> <X_2>", redact(new CustomPattern("X", "one|on|(?:two){1,2}"), "on one twotwo"));
    }

    @Test
    void whatCannotBeReadIsRefusedWithItsPlace() {
        assertRefused("a*", "at character 2: a repetition without an upper limit: say {0,40} or {1,40}");
        assertRefused("a+", "at character 2: a repetition without an upper limit: say {0,40} or {1,40}");
        assertRefused(
                "a{2,}",
                "at character 4: braces without a number of one to three digits; a repetition needs an upper limit");
        assertRefused(
                "a{1000}",
                "at character 6: braces without a number of one to three digits; a repetition needs an upper limit");
        assertRefused("a{2", "at character 3: expected '}'");
        assertRefused("[a-", "at character 3: a class that is not closed");
        assertRefused("[a-\\d]", "at character 5: a range between classes");
        assertRefused("a{3,2}", "at character 6: braces whose second number is below the first");
        assertRefused("(a", "at character 2: expected ')'");
        assertRefused("a)", "at character 1: a closing bracket that nothing opened");
        assertRefused("[a", "at character 2: a class that is not closed");
        assertRefused("[^]", "at character 3: a class of no characters");
        assertRefused("[z-a]", "at character 4: a range that runs backwards");
        assertRefused("[\\d-z]", "at character 5: a range between classes");
        assertRefused("[\\D]", "at character 3: a negated class inside brackets");
        assertRefused("(?=a)", "at character 2: a group of an unknown kind: expected (…) or (?:…)");
        assertRefused("\\1", "at character 2: an escape that is not known here");
        assertRefused("a\\", "at character 2: a backslash at the end");
        assertRefused("[\\", "at character 2: a backslash at the end");
        assertRefused("^a", "at character 1: '^' where it means nothing here: put a backslash before a plain one");
        assertRefused("(a?){2}", "at character 7: a repetition of something that may be empty");
    }

    @Test
    void expressionWithoutBoundsIsRefused() {
        assertRefused("a?", "it matches nothing at all, too: expected at least one character");
        assertRefused("", "it matches nothing at all, too: expected at least one character");
        assertRefused("(a{200}){2}", "it can match 400 characters: expected at most 256; lower the numbers in braces");
        assertRefused(
                "((((((a{999}){999}){999}){999}){999}){999}){999}",
                "it can match 2147483647 characters: expected at most 256; lower the numbers in braces");
        assertRefused(
                "(a|b|c|d|e|f){200}",
                "it is too large: expected at most 512 steps when its repetitions are written out");
        assertRefused("a".repeat(257), "expected at most 256 characters, found 257");
    }

    @Test
    void expressionAtItsBoundsIsTaken() {
        assertEquals("<X_0>a", redact(new CustomPattern("X", "a".repeat(256)), "a".repeat(257)));
        assertEquals("<X_0>a", redact(new CustomPattern("X", "(a{128}){2}"), "a".repeat(257)));
        assertEquals("<X_0>", redact(new CustomPattern("X", "(a|b){128}"), "ab".repeat(64)));
        assertRefused("(a|b){129}", "it is too large: expected at most 512 steps when its repetitions are written out");
        assertEquals("<" + "X".repeat(32) + "_0>", redact(new CustomPattern("X".repeat(32), "a"), "a"));
    }

    @Test
    void nameThatIsNoNameIsRefused() {
        for (String name : new String[] {"", "x", "1X", "AWS_KEY", "A".repeat(33), "A B"}) {
            assertEquals(
                    "a redaction pattern has no usable name: expected a new one of up to 32 upper-case letters, digits and"
                            + " underscores",
                    assertThrows(IllegalArgumentException.class, () -> new CustomPattern(name, "a"))
                            .getMessage());
        }
    }

    @Test
    void patternsAreReadFromLines() {
        List<CustomPattern> patterns = CustomPattern.parse("# ours\n\nTICKET=T-\\d{4}\r\n  CASE = c=\\d \n");
        assertEquals(
                List.of("TICKET", "CASE"),
                patterns.stream().map(CustomPattern::name).toList());
        assertEquals("c=\\d is <CASE_0>", redact(patterns.get(1), "c=\\d is c=7"));
        assertEquals(
                "line 2 holds no redaction pattern: expected NAME=expression",
                assertThrows(IllegalArgumentException.class, () -> CustomPattern.parse("A=b\nnonsense"))
                        .getMessage());
    }

    @Test
    void tooManyPatternsAndTwoOfOneNameAreRefused() {
        CustomPattern pattern = new CustomPattern("X", "x");
        assertEquals(
                "too many redaction patterns: expected at most 32, found 33; join some with |",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new RedactionRules(Set.of(), Collections.nCopies(33, pattern)))
                        .getMessage());
        assertEquals(
                "two redaction patterns have one name: expected a name for each",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new RedactionRules(Set.of(), List.of(pattern, pattern)))
                        .getMessage());
    }

    /** The same as the JDK's, which backtracks, over expressions and texts drawn by lot. */
    @Test
    void matchesAreThoseOfTheJdk() {
        long seed = 99;
        Random random = new Random(seed);
        int compared = 0;
        while (compared < 3_000) {
            String expression = expression(random, 3);
            Optional<PatternProgram> program = program(expression);
            if (program.isPresent()) {
                String text = text(random);
                assertEquals(
                        longestByJdk(expression, text),
                        program.get().longestMatch(window(text)),
                        () -> expression + " on " + text + ", seed " + seed);
                compared++;
            }
        }
    }

    /** Expressions that take a backtracking matcher longer than anyone waits. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"(a|aa){1,80}b", "(aa?){1,100}b", "(a{1,12}){1,12}b", "a{0,60}a{0,60}a{0,60}a{0,60}b"})
    void workIsBoundedAtEachPlace(String expression) throws PatternProgram.SyntaxException {
        Window window = window("a".repeat(600));
        assertEquals(0, PatternProgram.parse(expression).longestMatch(window));
        assertTrue(window.steps() <= 3L * CustomPattern.LONGEST_MATCH * PatternProgram.MOST_INSTRUCTIONS);
    }

    private static Optional<PatternProgram> program(String expression) {
        try {
            return Optional.of(PatternProgram.parse(expression));
        } catch (PatternProgram.SyntaxException e) {
            return Optional.empty();
        }
    }

    /** All lengths are tried, for the JDK's alternatives take the first match and not the longest. */
    private static int longestByJdk(String expression, String text) {
        Pattern pattern = Pattern.compile(expression);
        for (int to = text.length(); to > 0; to--) {
            Matcher matcher = pattern.matcher(text).region(0, to).useTransparentBounds(true);
            if (matcher.matches()) {
                return to;
            }
        }
        return 0;
    }

    private static String expression(Random random, int depth) {
        return switch (depth == 0 ? random.nextInt(3) : random.nextInt(8)) {
            case 0, 1 -> random.nextBoolean() ? "a" : "b";
            case 2 -> random.nextBoolean() ? "[ab]" : "[^a]";
            case 3 -> "(" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")";
            case 4 -> "(?:" + expression(random, depth - 1) + ")?";
            case 5 -> "(" + expression(random, depth - 1) + "){" + random.nextInt(2) + ",3}";
            case 6 -> expression(random, depth - 1) + "\\b";
            default -> expression(random, depth - 1) + expression(random, depth - 1);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i >= 0; i--) {
            text.append("aab ".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    private static Window window(String text) {
        Window window = new Window();
        window.open(text, 0, text.length(), true);
        return window;
    }

    private static void assertRefused(String expression, String message) {
        assertEquals(
                "redaction pattern X: " + message,
                assertThrows(IllegalArgumentException.class, () -> new CustomPattern("X", expression))
                        .getMessage());
    }

    private static String redact(CustomPattern pattern, String text) {
        return new Redactor(new RedactionRules(Set.of(), List.of(pattern)), Optional.empty(), new Placeholders())
                .redact(text);
    }
}
