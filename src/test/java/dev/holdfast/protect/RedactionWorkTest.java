package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What long texts cost that never stop beginning a secret. */
@Tag("slow")
class RedactionWorkTest {
    private static final RedactionRules ALL = new RedactionRules(
            EnumSet.allOf(SecretKind.class), List.of(new CustomPattern("TICKET", "\\bTICKET-\\d{4,8}\\b")));

    /** Work is counted in characters looked at, for a clock would not say the same twice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "AKIA", "password=", "password: \"", "Bearer ", "Bearer a1", "Basic YTpi", "x://", "x://a:",
                        "x://a:b@", "eyJ", "eyJ.",
                "sk-", "-----BEGIN PRIVATE KEY-----", "-", "a@", "a@b.", "+1", "1 ", "4111 ", "DE89 ", "2001:", "a/",
                        "A1b/",
                "TICKET-1", "token", "密码：", "\\", "\"", " ", "ghp_", "password", "--pass", "mot de pass"
            })
    void workGrowsNoFasterThanTheText(String part) {
        long once = steps(part.repeat(250_000 / part.length()));
        long twice = steps(part.repeat(500_000 / part.length()));
        assertTrue(twice <= 2.1 * once + 10_000, part + ": " + once + " steps, then " + twice);
        assertTrue(twice <= 500_000L * 4 * Window.REACH, part + ": " + twice + " steps");
    }

    private static long steps(String text) {
        Scanner scanner = new Scanner(ALL, new Scanner.Sink() {
            @Override
            public void text(CharSequence chars, int from, int to) {}

            @Override
            public void secret(String kind, String hash, long from, long to) {}
        });
        for (int at = 0; at < text.length(); at += 1_000) {
            scanner.push(text.substring(at, Math.min(text.length(), at + 1_000)));
        }
        scanner.finish();
        return scanner.steps();
    }
}
