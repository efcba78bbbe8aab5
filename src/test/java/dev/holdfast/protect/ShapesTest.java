package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The edges of the built-in kinds. The corpus shows how well they do; this shows what they mean. */
class ShapesTest {
    private static final EnumSet<SecretKind> ALL_BUT_ENTROPY =
            EnumSet.complementOf(EnumSet.of(SecretKind.HIGH_ENTROPY));

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Found in the sources and documents of other programs.
                "the --username and --password options",
                "socks5h://<username>:<password>@proxy-host\", <b>",
                ".. _`RFC6749#Token`: https://tools.ietf.org/html/rfc6749#section-3.2",
                "CHALLENGE_PASSWORD: \"challengePassword\"",
                // One step away from a secret.
                "AKIAIOSFODNN7EXAMPLEX",
                "xAKIAIOSFODNN7EXAMPLE",
                "AKIAIOSFODNN7EXAMPL",
                "AKIAIOSFODNN8EXAMPLE",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0",
                "eyJhbGciOiJIUzI1NiJ9..short",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY----- and more words follow here",
                "password==hunter22",
                "password::hunter22",
                "password != hunter22",
                "password: abc",
                "password: 123",
                "passwords = hunter22x",
                "password_hint: hunter22",
                "token: 1234567890",
                "token: abcdefgh",
                "compass=n0rthpole1",
                "max_token=a1b2c3d4e5",
                "x://user:pw@host",
                "x://user:pass word1@host",
                "x://user:secret12/@host",
                "Basic QWxhZGRpbg==",
                "Bearer abc123",
                "the password is 12",
                "password 'required'",
                // Personal data that fails its check, or is part of something longer.
                "4111 1111 1111 1112",
                "4111111111111111X",
                "1-4111111111111111",
                "9111 1111 1111 1111 1111",
                "DE89370400440532013001",
                "DE8937040044053201300",
                "ZZ89370400440532013000",
                "xDE89370400440532013000",
                "219-09-0000",
                "900-12-3456",
                "219-09-99990",
                "219-099-999",
                "GB123456A",
                "AB123456E",
                "12345678-A",
                "756.9217.0769.86",
                "755.9217.0769.85",
                "1 85 05 78 006 084 92",
                "a@b",
                "a@b.c",
                "a@b..org",
                "a@-b.org",
                "@b.org",
                "git@host.org:repo",
                "https://a@host.org/",
                "a@2x.png",
                "256.1.1.1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4-beta",
                "127.8.8.8",
                "::1",
                "1234::1",
                "2001:db8::g",
                "2001:db8:1:2:3:4:5",
                "2001:db8::1::2",
                "+1234567",
                "+0 123456789",
                "+1234567890123456",
                "00 49 30",
                "123-456-7890",
                "415-155-0132",
                "(415)555.0132",
                "415-555-01321"
            })
    void whatIsNoSecretStays(String text) {
        assertEquals(text, redact(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "AKIAIOSFODNN7EXAMPLE/20261121  | <AWS_KEY_0>/20261121",
                "eyJhbGciOiJkaXIifQ..c2hvcnQtaXY.Y2lwaGVy.dGFn | <JWT_0>",
                "-----BEGIN EC PRIVATE KEY----- MHcCAQEEIIrYSSNQFaA2Hwf1duRS -----END EC PRIVATE KEY-----x | <PRIVATE_KEY_0>x",
                "password=hunter&x=1            | password=<PASSWORD_0>&x=1",
                "dbPassword: hunter2.           | dbPassword: <PASSWORD_0>.",
                "**Password:** hunter2          | **Password:** <PASSWORD_0>",
                "**Password**: `hunter2`        | **Password**: `<PASSWORD_0>`",
                "{\\\"password\\\":\\\"a b c\\\"} | {\\\"password\\\":\\\"<PASSWORD_0>\\\"}",
                "password = 'it\\'s me'       | password = '<PASSWORD_0>'",
                "put(\"password\", \"hunter2\") | put(\"password\", \"<PASSWORD_0>\")",
                "env['API_KEY'] = 'a1b2c3d4'    | env['API_KEY'] = '<SECRET_0>'",
                "accessToken=a1b2c3d4           | accessToken=<SECRET_0>",
                "SECRET_KEY_BASE=a1b2c3d4       | SECRET_KEY_BASE=<SECRET_0>",
                "password2=hunter               | password2=<PASSWORD_0>",
                "<x:password>hunter</x:password> | <x:password><PASSWORD_0></x:password>",
                "IDENTIFIED WITH PASSWORD 'hunter2' | IDENTIFIED WITH PASSWORD '<PASSWORD_0>'",
                "Das Passwort lautet hunter2.   | Das Passwort lautet <PASSWORD_0>.",
                "Authorization: Key a1b2c3d4    | Authorization: Key <AUTHORIZATION_0>",
                "basic QWxhZGRpbjpvcGVu         | basic <AUTHORIZATION_0>",
                "x://u:p@ss@host                | x://u:<PASSWORD_0>@host",
                "x://u:p4ss@[::1]/              | x://u:<PASSWORD_0>@[::1]/",
                "https://ghp_0123456789abcdefghijABCDEFGHIJ012345:x-oauth-basic@github.com | https://<GITHUB_TOKEN_0>:<PASSWORD_0>@github.com",
                "password=ghp_0123456789abcdefghijABCDEFGHIJ012345 | password=<GITHUB_TOKEN_0>",
                "password=ghp_0123456789abcdefghijABCDEFGHIJ012345!more | password=<PASSWORD_0>",
                "4111111111111111 12/27         | <CARD_0> 12/27",
                "DE89 3704 0044 0532 0130 00 EUR | <IBAN_0> EUR",
                "X-1234567-L Y1234567X.         | X-1234567-L <NATIONAL_ID_0>.",
                "me@b.org.                      | <EMAIL_0>.",
                "me@host:2001:db8::1            | me@host:2001:db8::1",
                "[2001:db8:1:2:3:4:5:6]:80      | [<IP_ADDRESS_0>]:80",
                "2001:db8:: 8.8.8.8.            | <IP_ADDRESS_0> <IP_ADDRESS_1>.",
                "+49 (0) 30 901820, 415.555.0132 | <PHONE_0>, <PHONE_1>",
            })
    void secretIsTakenOutAndNothingAround(String text, String redacted) {
        assertEquals(redacted, redact(text));
    }

    @Test
    void everyKindCanBeTurnedOff() {
        Redactor none = new Redactor(
                new RedactionRules(EnumSet.noneOf(SecretKind.class), List.of()), Optional.empty(), new Placeholders());
        for (Corpus.Line line : Corpus.lines()) {
            assertEquals(line.text(), none.redact(line.text()));
        }
    }

    private static String redact(String text) {
        return new Redactor(new RedactionRules(ALL_BUT_ENTROPY, List.of()), Optional.empty(), new Placeholders())
                .redact(text);
    }
}
