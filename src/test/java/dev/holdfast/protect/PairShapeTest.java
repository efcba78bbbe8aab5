package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What joins a key to its value, where a value ends, and what beside a key is no value. */
class PairShapeTest {
    private static final String PASSWORD = "<PASSWORD_0>";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "password=hunter22x                 | password=<PASSWORD_0>",
                "password = hunter22x               | password = <PASSWORD_0>",
                "password=>hunter22x                | password=><PASSWORD_0>",
                "password => 'hunter22x'            | password => '<PASSWORD_0>'",
                "password := hunter22x              | password := <PASSWORD_0>",
                "密码＝hunter22x                    | 密码＝<PASSWORD_0>",
                "密码：hunter22x                    | 密码：<PASSWORD_0>",
                "--password hunter22x               | --password <PASSWORD_0>",
                "--db-password hunter22x            | --db-password <PASSWORD_0>",
                "-x --token a1b2c3d4                | -x --token <SECRET_0>",
                "the password is hunter22x.         | the password is <PASSWORD_0>.",
                "the password is: hunter22x         | the password is: <PASSWORD_0>",
                "the password IS hunter22x          | the password IS <PASSWORD_0>",
                "das Passwort ist hunter22x         | das Passwort ist <PASSWORD_0>",
                "la contraseña es hunter22x         | la contraseña es <PASSWORD_0>",
                "le mot de passe est hunter22x      | le mot de passe est <PASSWORD_0>",
                "a senha é hunter22x                | a senha é <PASSWORD_0>",
                "password \"hunter22x\"             | password \"<PASSWORD_0>\"",
                "setPassword(\"password\", 'h22xyz') | setPassword(\"password\", '<PASSWORD_0>')",
                "password\\\"=hunter22x             | password\\\"=<PASSWORD_0>",
                "*password***=hunter22x             | *password***=<PASSWORD_0>",
                "**password:** hunter22x            | **password:** <PASSWORD_0>",
                "<password>hunter22x</password>     | <password><PASSWORD_0></password>",
                "<db:password> hunter22x</db:password> | <db:password> <PASSWORD_0></db:password>",
                "MY_password_prod=hunter22x         | MY_password_prod=<PASSWORD_0>",
                "passwordNew=hunter22x              | passwordNew=<PASSWORD_0>",
                "password12=hunter22x               | password12=<PASSWORD_0>",
                "authorization: Key a1b2c3d4        | authorization: Key <AUTHORIZATION_0>",
                "authorization: a1b2c3d4            | authorization: <AUTHORIZATION_0>",
            })
    void valueIsTakenOutHoweverItIsJoinedToItsKey(String text, String redacted) {
        assertEquals(redacted, redact(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password == hunter22x",
                "password =~ hunter22x",
                "password::hunter22x",
                "password'''''=hunter22x",
                "password hunter22x",
                "token 'a1b2c3d4'",
                "the token is a1b2c3d4",
                "password,hunter22x",
                "password 'hunter'",
                "(\"password\", 'hunter')",
                "(\"password\", h22xyz)",
                "the password issue hunter22x",
                "the password is hunter",
                "the password is 123456",
                "the password is h2345",
                "password > hunter22x",
                "password >hunter22x",
                "x password>hunter22x</password>",
                "<password >hunter22x</password>",
                "<password>hunter22x",
                "<password>hunter22x\n</password>",
                "<password>hunter22x<b>",
                "password:         hunter22x",
                "password_hint=hunter22x",
                "password_=hunter22x",
            })
    void valueThatIsNotJoinedToTheKeyStays(String text) {
        assertEquals(text, redact(text));
    }

    /** The key and what follows it are given; the value stands between. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "password=|hunter22x| more",
                "password=|hunter22x|\tmore",
                "password=|hunter22x|\u00a0more",
                "password=|hunter22x|\u3000more",
                "password=|hunter22x|&user=me",
                "password=|hunter22x|,user",
                "password=|hunter22x|;user",
                "password=|hunter22x|)",
                "password=|hunter22x|]",
                "password=|hunter22x|}",
                "password=|hunter22x|<br>",
                "password=|hunter22x|.",
                "password=|hunter22x|?",
                "password=|hunter22x|...",
                "密码：|hunter22x|，好",
                "密码：|hunter22x|。好",
                "密码：|hunter22x|；好",
                "密码：|hunter22x|、好",
                "“密码：|hunter22x|”好",
                "password:\t|hunter22x|, and",
                "password:\u00a0|hunter22x|, and",
                "password:\u3000|hunter22x|, and",
                "password:        |hunter22x|, and",
                "password: |hunter&22x| more",
                "password: |\\hunter22x| more",
                "password: '|hunter22x more|' and",
                "password: `|hunter22x more|` and",
                "password: \"|hunter22x 'more'|\" and",
                "password: '|it\\'s hunter22x|' and",
                "{\\\"password\\\":\\\"|a \\\\n hunter22x|\\\"}",
            })
    void valueEndsWhereItsTextEnds(String before, String value, String after) {
        assertEquals(before + PASSWORD + after, redact(before + value + after));
    }

    @Test
    void valueEndsWithItsLine() {
        assertEquals("password=<PASSWORD_0>\nmore", redact("password=hunter22x\nmore"));
        assertEquals("password=<PASSWORD_0>", redact("password=hunter22x"));
    }

    @Test
    void quoteThatIsNotClosedOnItsLineIsNone() {
        assertEquals("password='hunter22x\nand more'", redact("password='hunter22x\nand more'"));
        assertEquals("password='hunter22x", redact("password='hunter22x"));
    }

    @ParameterizedTest
    @CsvSource({"password, true", "apassword, true", "max_password, true", "Passwd, true"})
    void wordForPasswordIsAKeyWhateverStandsBefore(String key, boolean secret) {
        assertEquals(key + "=" + PASSWORD, redact(key + "=hunter22x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "my_token",
                "my-token",
                "myToken",
                "MY_TOKEN",
                "auth.token",
                "x_api_key",
                "X-Api-Key",
                "theSecret",
                "token_prod",
                "token2",
                "TOKEN_OLD",
                "mypageSome_token"
            })
    void wordForASecretIsAKeyWhereAWordBegins(String key) {
        assertEquals(key + "=<SECRET_0>", redact(key + "=a1b2c3d4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mytoken",
                "MYTOKEN",
                "page_token",
                "next-token",
                "nextToken",
                "pageToken",
                "theNextToken",
                "eos_token",
                "no_token",
                "tokens",
                "token_hint",
                "compass",
                "no-pass"
            })
    void wordForASecretInsideAWordOrBehindAHarmlessOneIsNoKey(String key) {
        assertEquals(key + "=a1b2c3d4", redact(key + "=a1b2c3d4"));
    }

    @Test
    void nameMayBeLongBeforeItsKey() {
        assertEquals("a".repeat(80) + "_token=<SECRET_0>", redact("a".repeat(80) + "_token=a1b2c3d4"));
        String flag = "--" + "a".repeat(35) + "-token";
        assertEquals(flag + " <SECRET_0>", redact(flag + " a1b2c3d4"));
        String tooLong = "--" + "a".repeat(45) + "-token";
        assertEquals(tooLong + " a1b2c3d4", redact(tooLong + " a1b2c3d4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "null",
                "NONE",
                "your-password1",
                "${SECRET1}",
                "$(cat p1)",
                "{{ p1 }}",
                "%(p1)s",
                "%{p1}",
                "#{p1}",
                "@{p1}",
                "!vault1",
                "xChangeMe1",
                "replace-me1",
                "********",
                "xxxxxxxx",
                "••••••••",
                "…………",
                "$HUNTER1",
                "%HUNTER1%",
                "%s",
                "password",
                "getenv(1)",
                "env[1]",
                "[a1b2c3]",
                "{a1b2c3}",
                "a.b.cde"
            })
    void whatOnlyHoldsThePlaceOfASecretStays(String value) {
        assertEquals("password = " + value, redact("password = " + value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hun2",
                "$a1b2-c3",
                "%a1b2c3",
                "x1x1x1x1",
                "a.b1.cde",
                "hunter22(x",
                "/home/me1",
                "12345678",
                "h2(x",
                "h!a(4"
            })
    void whatLooksAlikeAndHoldsADigitIsTakenOut(String value) {
        boolean call = value.matches("\\w+\\(.*");
        assertEquals("password = " + (call ? value : PASSWORD), redact("password = " + value));
    }

    @ParameterizedTest
    @CsvSource({
        "PWD=/home/me1, PWD=/home/me1",
        "pwd=~/me1, pwd=~/me1",
        "pwd=C:\\me1, pwd=C:\\me1",
        "pwd=\"/home1\", pwd=\"<PASSWORD_0>\"",
        "pwd=hunter22x, pwd=<PASSWORD_0>",
        "passwd=/home/me1, passwd=<PASSWORD_0>"
    })
    void workingFolderOfTheShellStays(String text, String redacted) {
        assertEquals(redacted, redact(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password=hunter           | password=<PASSWORD_0>",
                "password = hunter         | password = hunter",
                "password=\"hunter\"       | password=\"<PASSWORD_0>\"",
                "password=userPassword     | password=userPassword",
                "password=\"db_pw\"        | password=\"db_pw\"",
                "password=\"my own words\" | password=\"<PASSWORD_0>\"",
                "password=hun              | password=hun",
                "token=a1b2c3d             | token=a1b2c3d",
                "token=a1b2c3d4            | token=<SECRET_0>",
                "token=abcdefgh            | token=abcdefgh",
                "token=12345678            | token=12345678",
                "token=\"a1b2 c3d4\"       | token=\"a1b2 c3d4\"",
                "token=a1://b2c3d4         | token=a1://b2c3d4",
                "token=next(a1b2c3d4)      | token=next(a1b2c3d4)",
                "token=\"next(a1b2c3d4\"   | token=\"<SECRET_0>\"",
                "pass=a1b2c3               | pass=<PASSWORD_0>",
                "pass=a1b2c                | pass=a1b2c",
                "pass=abcdefgh             | pass=abcdefgh",
            })
    void passwordMayBeAWordAndASecretMayNot(String text, String redacted) {
        assertEquals(redacted, redact(text));
    }

    @Test
    void valueLongerThanTheWindowIsTakenOutToItsEnd() {
        String value = "a1".repeat(Window.REACH);
        assertEquals("password=<PASSWORD_0> more", redact("password=" + value + " more"));
        assertEquals("password=<PASSWORD_0>。more", redact("password=" + value + "。more"));
        assertEquals("password='<PASSWORD_0>' more", redact("password='" + value + " x' more"));
        assertEquals("password='<PASSWORD_0>\nmore", redact("password='" + value + "\nmore"));
        assertEquals("<password><PASSWORD_0></password>", redact("<password>" + value + "</password>"));
    }

    @ParameterizedTest
    @CsvSource({
        "password, hunter, PASSWORD",
        "dbPassword, my own words, PASSWORD",
        "api_key, a1b2c3d4, SECRET",
        "Authorization, a1b2c3d4, AUTHORIZATION",
        "password_hint, hunter22x,",
        "token_count, a1b2c3d4,",
        "api_key, abc,",
        "user, hunter22x,",
        "'', hunter22x,"
    })
    void nameOfAMemberMakesASecretOfItsValueIfItEndsWithAKey(String name, String value, SecretKind kind) {
        assertEquals(Optional.ofNullable(kind), PairShape.kindOfMember(name, value));
    }

    @Test
    void onlyTheEndOfALongNameCounts() {
        assertEquals(
                Optional.of(SecretKind.PASSWORD), PairShape.kindOfMember("x".repeat(500) + "password", "hunter22x"));
        assertEquals(Optional.empty(), PairShape.kindOfMember("password" + "x".repeat(500), "hunter22x"));
    }

    private static String redact(String text) {
        return new Redactor(RedactionRules.secrets(), Optional.empty(), new Placeholders()).redact(text);
    }
}
