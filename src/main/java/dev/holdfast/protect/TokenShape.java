package dev.holdfast.protect;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that their maker marked with a prefix. Each row is a kind, a prefix, the characters that follow and the least number
 * of them; the key may have any length beyond, except where the maker fixed it.
 *
 * <p>A body with eight equal characters in a row is a mask ({@code ghp_xxxxxxxx…}), and one that begins with {@code your} a
 * placeholder.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes">AWS</a>
 * @see <a href="https://github.blog/engineering/behind-githubs-new-authentication-token-formats/">GitHub</a>
 * @see <a href="https://docs.gitlab.com/security/tokens/#token-prefixes">GitLab</a>
 * @see <a href="https://docs.slack.dev/authentication/tokens">Slack</a>
 * @see <a href="https://docs.stripe.com/keys">Stripe</a>
 * @see <a href="https://docs.claude.com/en/api/overview">Anthropic</a>
 */
final class TokenShape implements Shape {
    private static final int MASK_RUN = 8;

    /** How many characters of a body tell whether it is random. */
    private static final int JUDGED = 64;

    private static final Alphabet AWS = new Alphabet("A-Z2-7");
    private static final Alphabet SLACK = new Alphabet("0-9A-Za-z.\\-");
    private static final Alphabet DOTTED = new Alphabet("0-9A-Za-z_.\\-");

    private static final List<TokenShape> ALL = all();

    private final SecretKind kind;
    private final String prefix;
    private final Alphabet alphabet;
    private final int least;
    private final int most;

    private TokenShape(SecretKind kind, String prefix, Alphabet alphabet, int least, int most) {
        this.kind = kind;
        this.prefix = prefix;
        this.alphabet = alphabet;
        this.least = least;
        this.most = most;
    }

    private static TokenShape fixed(SecretKind kind, String prefix, Alphabet alphabet, int length) {
        return new TokenShape(kind, prefix, alphabet, length, length);
    }

    private static TokenShape open(SecretKind kind, String prefix, Alphabet alphabet, int least) {
        return new TokenShape(kind, prefix, alphabet, least, Integer.MAX_VALUE);
    }

    /** Those of the given kinds, the more specific prefix first. */
    static List<Shape> of(Set<SecretKind> kinds) {
        return ALL.stream()
                .filter(token -> kinds.contains(token.kind))
                .map(Shape.class::cast)
                .toList();
    }

    private static List<TokenShape> all() {
        return List.of(
                fixed(SecretKind.AWS_KEY, "AKIA", AWS, 16),
                fixed(SecretKind.AWS_KEY, "ASIA", AWS, 16),
                open(SecretKind.GITHUB_TOKEN, "ghp_", DOTTED, 36),
                open(SecretKind.GITHUB_TOKEN, "gho_", DOTTED, 36),
                open(SecretKind.GITHUB_TOKEN, "ghu_", DOTTED, 36),
                open(SecretKind.GITHUB_TOKEN, "ghs_", DOTTED, 36),
                open(SecretKind.GITHUB_TOKEN, "ghr_", DOTTED, 36),
                open(SecretKind.GITHUB_TOKEN, "github_pat_", Alphabet.WORD, 40),
                open(SecretKind.GITLAB_TOKEN, "glpat-", DOTTED, 20),
                open(SecretKind.SLACK_TOKEN, "xoxa-", SLACK, 20),
                open(SecretKind.SLACK_TOKEN, "xoxb-", SLACK, 20),
                open(SecretKind.SLACK_TOKEN, "xoxe-", SLACK, 20),
                open(SecretKind.SLACK_TOKEN, "xoxe.xox", SLACK, 20),
                open(SecretKind.SLACK_TOKEN, "xoxo-", SLACK, 20),
                open(SecretKind.SLACK_TOKEN, "xoxp-", SLACK, 20),
                open(SecretKind.SLACK_TOKEN, "xoxr-", SLACK, 20),
                open(SecretKind.SLACK_TOKEN, "xoxs-", SLACK, 20),
                open(SecretKind.SLACK_TOKEN, "xapp-", SLACK, 20),
                fixed(SecretKind.GOOGLE_KEY, "AIza", Alphabet.BASE64_URL, 35),
                fixed(SecretKind.GOOGLE_KEY, "GOCSPX-", Alphabet.BASE64_URL, 28),
                open(SecretKind.GOOGLE_KEY, "ya29.", DOTTED, 30),
                open(SecretKind.STRIPE_KEY, "sk_live_", Alphabet.ALPHANUMERIC, 16),
                open(SecretKind.STRIPE_KEY, "sk_test_", Alphabet.ALPHANUMERIC, 16),
                open(SecretKind.STRIPE_KEY, "rk_live_", Alphabet.ALPHANUMERIC, 16),
                open(SecretKind.STRIPE_KEY, "rk_test_", Alphabet.ALPHANUMERIC, 16),
                open(SecretKind.STRIPE_KEY, "whsec_", Alphabet.BASE64, 24),
                open(SecretKind.ANTHROPIC_KEY, "sk-ant-", Alphabet.BASE64_URL, 20),
                open(SecretKind.OPENAI_KEY, "sk-", Alphabet.BASE64_URL, 20));
    }

    @Override
    public String firstCharacters() {
        return prefix.substring(0, 1);
    }

    @Override
    public Optional<Found> look(Window window) {
        if (!window.atWordStart() || !window.reads(prefix, 0)) {
            return Optional.empty();
        }
        int from = prefix.length();
        if (!isRandom(window.between(from, window.runOf(alphabet, from, JUDGED)))) {
            return Optional.empty();
        }
        int to = withoutFullStop(window, window.runOf(alphabet, from));
        int length = to - from;
        boolean goesOn = most == least && Alphabet.ALPHANUMERIC.has(window.peek(to));
        return length < least || length > most || goesOn
                ? Optional.empty()
                : Optional.of(Found.run(kind, 0, to, alphabet));
    }

    private static int withoutFullStop(Window window, int to) {
        return to < Window.REACH && window.peek(to - 1) == '.' ? to - 1 : to;
    }

    private boolean isRandom(String body) {
        return mayBeDrawn(body) && !body.startsWith("your") && !isMasked(body);
    }

    /** A few random keys have no digit; one with neither digits nor both cases reads like words. */
    private boolean mayBeDrawn(String body) {
        boolean digit = Alphabet.DIGITS.hasAny(body);
        boolean bothCases = Alphabet.UPPER.hasAny(body) && Alphabet.LOWER.hasAny(body);
        return digit || alphabet == AWS || bothCases && kind != SecretKind.OPENAI_KEY;
    }

    private static boolean isMasked(String body) {
        int run = 1;
        for (int i = 1; i < body.length() && run < MASK_RUN; i++) {
            run = body.charAt(i) == body.charAt(i - 1) ? run + 1 : 1;
        }
        return run >= MASK_RUN;
    }
}
