package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which numbers are personal data: the ranges that are given out, and one step beside each. */
class NumberShapesTest {
    @ParameterizedTest
    @CsvSource({
        "4, 13",
        "4, 16",
        "4, 19",
        "62, 16",
        "62, 17",
        "62, 18",
        "62, 19",
        "36, 14",
        "38, 14",
        "300, 14",
        "305, 14",
        "34, 15",
        "37, 15",
        "51, 16",
        "55, 16",
        "2221, 16",
        "2720, 16",
        "6011, 16",
        "65, 16",
        "644, 16",
        "649, 16",
        "3528, 16",
        "3589, 16"
    })
    void cardOfAnIssuerIsTakenOut(String prefix, int length) {
        assertEquals("<CARD_0>", redact(SecretKind.CARD, withLuhn(prefix, length)));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 12", "4, 14", "4, 17", "5, 13", "63, 19", "61, 19", "61, 17", "62, 15", "62, 14", "62, 13",
        "37, 14", "299, 14", "306, 14", "33, 15", "35, 15", "38, 15", "50, 16", "56, 16", "2220, 16", "2721, 16",
        "6010, 16", "6012, 16", "643, 16", "66, 16", "3527, 16", "3590, 16", "61, 16", "63, 16"
    })
    void numberOfNoIssuerStays(String prefix, int length) {
        String number = withLuhn(prefix, length);
        assertEquals(number, redact(SecretKind.CARD, number));
    }

    /** A number of that length with a valid check digit. */
    private static String withLuhn(String prefix, int length) {
        String digits = prefix + "0".repeat(length - 1 - prefix.length());
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 2 * digit / 10 + 2 * digit % 10 : digit;
        }
        return digits + (10 - sum % 10) % 10;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4111-1111-1111-1111         | <CARD_0>",
                "4111 1111 1111 1111 2       | <CARD_0> 2",
                "4111  1111 1111 1111        | 4111  1111 1111 1111",
                "4111111111111111_           | 4111111111111111_",
                "x4111111111111111           | x4111111111111111",
                "4111.1111.1111.1111         | 4111.1111.1111.1111"
            })
    void cardEndsWhereItsCheckDigitStands(String text, String redacted) {
        assertEquals(redacted, redact(SecretKind.CARD, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "219-09-9999",
                "899-09-9999",
                "001-01-0001",
                "665-09-9999",
                "AB123456A",
                "AB 12 34 56 C",
                "AB123456 D",
                "JZ123456B",
                "12345678Z",
                "12345678-Z",
                "X1234567L",
                "Y1234567X",
                "Z1234567R",
                "756.9217.0769.85",
                "7569217076985",
                "1 85 05 78 006 084 91",
                "185057800608491",
                "2 85 05 78 006 084 41"
            })
    void nationalNumberIsTakenOut(String number) {
        assertEquals("<NATIONAL_ID_0>, yes", redact(SecretKind.NATIONAL_ID, number + ", yes"));
        assertEquals("n\\n<NATIONAL_ID_0>", redact(SecretKind.NATIONAL_ID, "n\\n" + number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000-09-9999",
                "666-09-9999",
                "900-09-9999",
                "219-00-9999",
                "219-09-0000",
                "219-09-9999-1",
                "21-909-9999",
                "219-099999",
                "2190-9-9999",
                "219-09-999a",
                "AO123456A",
                "AD123456A",
                "BG123456A",
                "GB123456A",
                "KN123456A",
                "NK123456A",
                "NT123456A",
                "TN123456A",
                "ZZ123456A",
                "AB12345A",
                "AB123456E",
                "AB 123456  A",
                "AB1234567",
                "12345678A",
                "1234567L",
                "X12345678",
                "X123456L",
                "W1234567L",
                "756.921.70769.85",
                "7569.217.0769.85",
                "756.9217.07698.5",
                "756.92170769.85",
                "755.9217.0769.85",
                "756.9217.0769.86",
                "755921707698",
                "7559217076988",
                "3 85 05 78 006 084 91",
                "1 85 05 78 006 084 92",
                "1 85 05 78 006 084",
                "1-85-05-78-006-084-91"
            })
    void numberOneStepBesideANationalOneStays(String number) {
        assertEquals(number, redact(SecretKind.NATIONAL_ID, number));
        String glued = "n" + number.replace('-', ' ');
        assertEquals(glued, redact(SecretKind.NATIONAL_ID, glued));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2.3.4                        | <IP_ADDRESS_0>",
                "255.2.3.4                      | 255.2.3.4",
                "0.2.3.4                        | 0.2.3.4",
                "127.0.0.1                      | 127.0.0.1",
                "126.255.255.255                | <IP_ADDRESS_0>",
                "128.0.0.0                      | <IP_ADDRESS_0>",
                "1.2.3.256                      | 1.2.3.256",
                "1.2.3                          | 1.2.3",
                "1.2.3.                         | 1.2.3.",
                "1.2.3.4.                       | <IP_ADDRESS_0>.",
                "1.2.3.4.x                      | 1.2.3.4.x",
                "1.2.3.4-                       | <IP_ADDRESS_0>-",
                "1.2.3.4-x                      | 1.2.3.4-x",
                "1.2.3.4x                       | 1.2.3.4x",
                "1.2.3.1234                     | 1.2.3.1234",
                "v1.2.3.4                       | v1.2.3.4",
                "ip:1.2.3.4                     | ip:1.2.3.4",
                "http://:1.2.3.4                | http://:<IP_ADDRESS_0>",
                "2001:db8::1                    | <IP_ADDRESS_0>",
                "2001:db8:1:2:3:4:5:6           | <IP_ADDRESS_0>",
                "3fff:db8:1:2:3:4:5:ffff        | <IP_ADDRESS_0>",
                "fc00::1                        | <IP_ADDRESS_0>",
                "fdff::1                        | <IP_ADDRESS_0>",
                "FE80::ABCD                     | <IP_ADDRESS_0>",
                "febf::1                        | <IP_ADDRESS_0>",
                "fec0::1                        | fec0::1",
                "fbff::1                        | fbff::1",
                "fe7f::1                        | fe7f::1",
                "1fff::1                        | 1fff::1",
                "4000::1                        | 4000::1",
                "20011::1                       | 20011::1",
                "200::1                         | 200::1",
                "2001:db8:1:2:3:4:5:6::         | 2001:db8:1:2:3:4:5:6::",
                "2001:db8:1:2:3:4:5:6:7         | 2001:db8:1:2:3:4:5:6:7",
                "2001:db8:1:2:3:4:5::           | <IP_ADDRESS_0>",
                "2001:db8::1:                   | 2001:db8::1:",
                "2001:db8:::1                   | 2001:db8:::1",
                "2001:12345::1                  | 2001:12345::1",
                "2001:db8::1.                   | <IP_ADDRESS_0>.",
            })
    void addressOfSomebodyIsTakenOutAndAllElseStays(String text, String redacted) {
        assertEquals(redacted, redact(SecretKind.IP_ADDRESS, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+49 30 901820                  | <PHONE_0>",
                "+4930901                       | +4930901",
                "+49309018                      | <PHONE_0>",
                "+123456789012345               | <PHONE_0>",
                "+1234567890123456              | +1234567890123456",
                "+0049309018                    | +0049309018",
                "0049 30 901820                 | <PHONE_0>",
                "049 30 901820                  | 049 30 901820",
                "000 30 901820                  | 000 30 901820",
                "+49 (0) 30 901820              | <PHONE_0>",
                "+49   30 901820 55             | +49   30 901820 55",
                "+49 30 901820x                 | +49 30 901820x",
                "+49 30 901820 x                | <PHONE_0> x",
                "a+49 30 901820                 | a+49 30 901820",
                "(415) 555-0132                 | <PHONE_0>",
                "(415)555-0132                  | <PHONE_0>",
                "(415-555-0132                  | (<PHONE_0>",
                "(415) 555.0132                 | (415) 555.0132",
                "415-555-0132                   | <PHONE_0>",
                "999.999.0000                   | <PHONE_0>",
                "415.555-0132                   | 415.555-0132",
                "415 555 0132                   | 415 555 0132",
                "415-155-0132                   | 415-155-0132",
                "415-A55-0132                   | 415-A55-0132",
                "415-5A5-0132                   | 415-5A5-0132",
                "415-55A-0132                   | 415-55A-0132",
                "4A5-555-0132                   | 4A5-555-0132",
                "41A-555-0132                   | 41A-555-0132",
                "415-555-013                    | 415-555-013",
                "415-555-01321                  | 415-555-01321",
                "415-555-0132-1                 | 415-555-0132-1",
                "415-555-0132x                  | 415-555-0132x",
                "415-555-0132.                  | <PHONE_0>.",
            })
    void telephoneNumberIsTakenOutAndOtherDigitsStay(String text, String redacted) {
        assertEquals(redacted, redact(SecretKind.PHONE, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO93 8601 1117 947             | <IBAN_0>",
                "GB82WEST12345698765432         | <IBAN_0>",
                "GB82 WEST 1234 5698 7654 32.   | <IBAN_0>.",
                "GB82  WEST12345698765432       | GB82  WEST12345698765432",
                "GB82west12345698765432         | GB82west12345698765432",
                "GB82WEST123456987654321        | GB82WEST123456987654321",
                "GB83WEST12345698765432         | GB83WEST12345698765432",
                "XX82WEST12345698765432         | XX82WEST12345698765432",
                "Gb82WEST12345698765432         | Gb82WEST12345698765432",
                "GBA2WEST12345698765432         | GBA2WEST12345698765432",
                "GB8AWEST12345698765432         | GB8AWEST12345698765432",
                "aGB82WEST12345698765432        | aGB82WEST12345698765432",
            })
    void accountWithItsCountrysLengthAndCheckDigitsIsTakenOut(String text, String redacted) {
        assertEquals(redacted, redact(SecretKind.IBAN, text));
    }

    private static String redact(SecretKind kind, String text) {
        return new Redactor(new RedactionRules(EnumSet.of(kind), List.of()), Optional.empty(), new Placeholders())
                .redact(text);
    }
}
