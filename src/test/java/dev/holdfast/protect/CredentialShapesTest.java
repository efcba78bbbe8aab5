package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The edges of what has a form of its own: keys with a prefix, signed tokens, private keys, headers, connections, mail. */
class CredentialShapesTest {
    private static final String MIXED = "0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z";
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String BODY = "MIIEvQIBADANBgkqhkiG9w0BAQ";
    private static final String END = "-----END PRIVATE KEY-----";

    @ParameterizedTest
    @CsvSource({
        "ghp_, 36, GITHUB_TOKEN", "gho_, 36, GITHUB_TOKEN", "ghu_, 36, GITHUB_TOKEN", "ghs_, 36, GITHUB_TOKEN",
        "ghr_, 36, GITHUB_TOKEN", "github_pat_, 40, GITHUB_TOKEN", "glpat-, 20, GITLAB_TOKEN", "xoxa-, 20, SLACK_TOKEN",
        "xoxb-, 20, SLACK_TOKEN", "xoxe-, 20, SLACK_TOKEN", "xoxe.xox, 20, SLACK_TOKEN", "xoxo-, 20, SLACK_TOKEN",
        "xoxp-, 20, SLACK_TOKEN", "xoxr-, 20, SLACK_TOKEN", "xoxs-, 20, SLACK_TOKEN", "xapp-, 20, SLACK_TOKEN",
        "AIza, 35, GOOGLE_KEY", "GOCSPX-, 28, GOOGLE_KEY", "ya29., 30, GOOGLE_KEY", "sk_live_, 16, STRIPE_KEY",
        "sk_test_, 16, STRIPE_KEY", "rk_live_, 16, STRIPE_KEY", "rk_test_, 16, STRIPE_KEY", "whsec_, 24, STRIPE_KEY",
        "sk-ant-, 20, ANTHROPIC_KEY", "sk-, 20, OPENAI_KEY"
    })
    void keyWithItsMakersPrefixIsTakenOnceItIsLongEnough(String prefix, int least, SecretKind kind) {
        String key = prefix + MIXED.substring(0, least);
        assertEquals("<" + kind + "_0> and", redact(kind, key + " and"));
        assertEquals("<" + kind + "_0>.", redact(kind, key + "."));
        assertStays(kind, prefix + MIXED.substring(0, least - 1));
        assertStays(kind, "x" + key);
    }

    @ParameterizedTest
    @CsvSource({"AKIA, AWS_KEY", "ASIA, AWS_KEY", "AIza, GOOGLE_KEY", "GOCSPX-, GOOGLE_KEY"})
    void keyOfFixedLengthThatGoesOnIsNone(String prefix, SecretKind kind) {
        String key = prefix
                + (kind == SecretKind.AWS_KEY
                        ? "IOSFODNN7EXAMPLE"
                        : MIXED.substring(0, prefix.length() == 4 ? 35 : 28));
        assertEquals("<" + kind + "_0>!", redact(kind, key + "!"));
        assertStays(kind, key + "A");
        assertStays(kind, key + "z");
    }

    @Test
    void keyMayHaveDotsInsideAndNoneAtItsEnd() {
        String body = MIXED.substring(0, 36);
        assertEquals("<GITHUB_TOKEN_0>.", redact(SecretKind.GITHUB_TOKEN, "ghp_" + body + ".x."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-yourKeyGoesHere1234567890",
                "sk-0xxxxxxxxxxxxxxxxxxxxxxxx",
                "sk-a1b2c3d4e5f6g7h8aaaaaaaa9",
                "sk-just-some-words-with-hyphens",
                "sk-Just-Some-Words-With-Hyphens"
            })
    void bodyThatIsNotDrawnByLotIsNoKey(String text) {
        assertStays(SecretKind.OPENAI_KEY, text);
    }

    @Test
    void bodyWithFewEqualCharactersOrBothCasesIsAKey() {
        assertEquals("<OPENAI_KEY_0>", redact(SecretKind.OPENAI_KEY, "sk-a1b2c3d4e5f6g7h8aaaaaaa9"));
        assertEquals("<OPENAI_KEY_0>", redact(SecretKind.OPENAI_KEY, "sk-abcdefghijklmnopqrst1"));
        assertEquals("<GITHUB_TOKEN_0>", redact(SecretKind.GITHUB_TOKEN, "ghp_" + "aB".repeat(18)));
        assertStays(SecretKind.GITHUB_TOKEN, "ghp_" + "ab".repeat(18));
        assertStays(SecretKind.GITHUB_TOKEN, "ghp_" + "AB".repeat(18));
        assertEquals("<AWS_KEY_0>", redact(SecretKind.AWS_KEY, "AKIAABABABABABABABAB"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eyJhbGciOiJI.eyJzdWIi.c2lnbmF0    | <JWT_0>",
                "eyJhbGciOiJ.eyJzdWIi.c2lnbmF0     | eyJhbGciOiJ.eyJzdWIi.c2lnbmF0",
                "eyJhbGciOiJI.eyJzdWI.c2lnbmF0     | eyJhbGciOiJI.eyJzdWI.c2lnbmF0",
                "eyJhbGciOiJI.eyJzdWIi             | eyJhbGciOiJI.eyJzdWIi",
                "eyJhbGciOiJI                      | eyJhbGciOiJI",
                "eyJhbGciOiJI.eyJzdWIi.            | <JWT_0>",
                "eyJhbGciOiJI.eyJzdWIi.c2lnbmF0.   | <JWT_0>.",
                "eyJhbGciOiJI..c2hvcnQ.YWI         | <JWT_0>",
                "eyJhbGciOiJI..c2lnbm              | eyJhbGciOiJI..c2lnbm",
                "eyJhbGciOiJI..c2lnbmF             | <JWT_0>",
                "xeyJhbGciOiJI.eyJzdWIi.c2lnbmF0   | xeyJhbGciOiJI.eyJzdWIi.c2lnbmF0",
                "ey0hbGciOiJI.eyJzdWIi.c2lnbmF0    | ey0hbGciOiJI.eyJzdWIi.c2lnbmF0",
            })
    void webTokenHasAHeaderAndEnoughParts(String text, String redacted) {
        assertEquals(redacted, redact(SecretKind.JWT, text));
    }

    @Test
    void webTokenLongerThanTheWindowIsTakenWhole() {
        String token = "eyJhbGciOiJI.eyJzdWIi." + MIXED.repeat(20);
        assertEquals("<JWT_0> and", redact(SecretKind.JWT, token + " and"));
        assertEquals("<JWT_0> and", redact(SecretKind.JWT, token + ".".repeat(9) + " and"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r\n",
                " ",
                "\t",
                "\\n",
                "\\r\\n",
                "\\t",
                "\"\n + \"",
                "\\n\" +\n\"",
                "               \n",
                "\nProc-Type: 4,ENCRYPTED\n\n",
                "\nVersion: x\n\n",
                "\nProc-Type-of-twenty-four: x\n"
            })
    void privateKeyBeginsBehindABreakOrAHeader(String between) {
        assertEquals(
                "k <PRIVATE_KEY_0>, k", redact(SecretKind.PRIVATE_KEY, "k " + BEGIN + between + BODY + END + ", k"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "xn",
                "\\x",
                "                 ",
                "\n: ",
                "\nshort ",
                "\nProc-Type-and-many-more-words: 4\n",
                "\nProc Type: 4\n",
                "\n" + "MIIEvQIBADANBgk "
            })
    void beginLineWithoutAKeyBehindItStays(String between) {
        String text = BEGIN + between + "no key here, only words" + END;
        assertStays(SecretKind.PRIVATE_KEY, text);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA PRIVATE KEY, true",
        "PGP PRIVATE KEY BLOCK, true",
        "PUBLIC KEY, false",
        "CERTIFICATE, false",
        "private key, false"
    })
    void onlyLabelsOfPrivateKeysCount(String label, boolean secret) {
        String text = "-----BEGIN " + label + "-----\n" + BODY + "\n-----END " + label + "-----";
        assertEquals(secret ? "<PRIVATE_KEY_0>" : text, redact(SecretKind.PRIVATE_KEY, text));
    }

    @Test
    void labelHasAtMost64CharactersAndHyphensOnBothSides() {
        String label = "A".repeat(52) + " PRIVATE KEY";
        String key = "-----\n" + BODY + END;
        assertEquals("<PRIVATE_KEY_0>", redact(SecretKind.PRIVATE_KEY, "-----BEGIN " + label + key));
        assertStays(SecretKind.PRIVATE_KEY, "-----BEGIN A" + label + key);
        assertStays(SecretKind.PRIVATE_KEY, "------BEGIN " + label + key);
        assertStays(SecretKind.PRIVATE_KEY, "-----BEGIN " + label + key.substring(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer a1b2c3d4e5f6              | Bearer <AUTHORIZATION_0>",
                "bearer    a1b2c3d4e5f6           | bearer    <AUTHORIZATION_0>",
                "bearer     a1b2c3d4e5f6          | bearer     a1b2c3d4e5f6",
                "bearera1b2c3d4e5f6               | bearera1b2c3d4e5f6",
                "aBearer a1b2c3d4e5f6             | aBearer a1b2c3d4e5f6",
                "Bearer a1b2c3d4e5f               | Bearer a1b2c3d4e5f",
                "Bearer a1b2c3d4e5f...            | Bearer a1b2c3d4e5f...",
                "Bearer a1b2c3d4e5f6...           | Bearer <AUTHORIZATION_0>...",
                "Bearer AUTHENTICATION            | Bearer AUTHENTICATION",
                "Bearer authentication            | Bearer authentication",
                "Bearer Authentication            | Bearer Authentication",
                "Bearer authenTication            | Bearer <AUTHORIZATION_0>",
                "Bearer authenticatio=            | Bearer <AUTHORIZATION_0>",
                "Bearer yourToken12345            | Bearer yourToken12345",
                "Basic YTpi                       | Basic <AUTHORIZATION_0>",
                "BASIC YTpiYw==                   | BASIC <AUTHORIZATION_0>",
                "Basic YTpiY                      | Basic <AUTHORIZATION_0>",
                "Basic YWJj                       | Basic YWJj",
                "Basic YTpifw==                   | Basic YTpifw==",
                "Basic YTpiHw==                   | Basic YTpiHw==",
                "Basic YTpiIA==                   | Basic <AUTHORIZATION_0>",
                "Basic YTp=YTpi                   | Basic YTp=YTpi",
                "Basics YTpi                      | Basics YTpi",
                "Beaver a1b2c3d4e5f6              | Beaver a1b2c3d4e5f6",
            })
    void credentialsBehindBearerAndBasicAreTaken(String text, String redacted) {
        assertEquals(redacted, redact(SecretKind.AUTHORIZATION, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x://me:abc@host                  | x://me:<PASSWORD_0>@host",
                "x://:abc@host                    | x://:<PASSWORD_0>@host",
                "x://me:ab@host                   | x://me:ab@host",
                "x://me:abc@.host                 | x://me:abc@.host",
                "x://me:abc@[::1]                 | x://me:<PASSWORD_0>@[::1]",
                "x://me:a@bc@host                 | x://me:<PASSWORD_0>@host",
                "x://me:abc                       | x://me:abc",
                "x://me@host:abc@                 | x://me@host:abc@",
                "x://me:<abc>@host                | x://me:<abc>@host",
                "x://me:password@host             | x://me:password@host",
                "x://me:***@host                  | x://me:***@host",
                "://me:abc@host                   | ://me:abc@host",
                "x:/me:abc@host                   | x:/me:abc@host",
                "x://me:ab/c@host                 | x://me:ab/c@host",
            })
    void passwordBetweenUserAndHostIsTaken(String text, String redacted) {
        assertEquals(redacted, redact(SecretKind.PASSWORD, text));
    }

    @Test
    void userAndPasswordOfAConnectionHaveTheirLengths() {
        String user = "u".repeat(96);
        assertEquals("x://" + user + ":<PASSWORD_0>@host", redact(SecretKind.PASSWORD, "x://" + user + ":abc@host"));
        assertStays(SecretKind.PASSWORD, "x://u" + user + ":abc@host");
        String password = "a1".repeat(127);
        assertEquals("x://u:<PASSWORD_0>@host", redact(SecretKind.PASSWORD, "x://u:" + password + "p@host"));
        assertStays(SecretKind.PASSWORD, "x://u:" + password + "pq@host");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "me@b.org                         | <EMAIL_0>",
                "me+x%y_z.a-b@b-c.d.org           | <EMAIL_0>",
                "mé@é.fr                          | <EMAIL_0>",
                "me@b.org.                        | <EMAIL_0>.",
                "me@b.org-.-                      | <EMAIL_0>-.-",
                "me@b.org:                        | <EMAIL_0>:",
                "me@b.org:x                       | me@b.org:x",
                "me@b.org/x                       | me@b.org/x",
                "/me@b.org                        | /me@b.org",
                "me@b.c                           | me@b.c",
                "me@.org                          | me@.org",
                "me@org                           | me@org",
                "me@-b.org                        | me@-b.org",
                "me@b..org                        | me@b..org",
                "me@b.or9                         | me@b.or9",
                "me@2x.PNG                        | me@2x.PNG",
                "me@                              | me@",
                "×me@b.org                        | ×<EMAIL_0>",
                "me@b.org×                        | <EMAIL_0>×",
            })
    void addressOfMailIsTakenAndWhatIsNoneStays(String text, String redacted) {
        assertEquals(redacted, redact(SecretKind.EMAIL, text));
    }

    @Test
    void localPartAndDomainOfAnAddressHaveTheirLengths() {
        String local = "l".repeat(64);
        assertEquals("<EMAIL_0>", redact(SecretKind.EMAIL, local + "@b.org"));
        assertStays(SecretKind.EMAIL, "l" + local + "@b.org");
        assertEquals("<EMAIL_0>", redact(SecretKind.EMAIL, "me@" + "b.".repeat(125) + "c.org"));
        assertStays(SecretKind.EMAIL, "me@" + "b.".repeat(200) + "org");
    }

    private static void assertStays(SecretKind kind, String text) {
        assertEquals(text, redact(kind, text));
    }

    private static String redact(SecretKind kind, String text) {
        return new Redactor(new RedactionRules(EnumSet.of(kind), List.of()), Optional.empty(), new Placeholders())
                .redact(text);
    }
}
