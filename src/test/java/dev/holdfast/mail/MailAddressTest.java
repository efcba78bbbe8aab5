package dev.holdfast.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.InternetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "olga@example.org, olga@example.org",
        "Olga.Maria+chat@Example.ORG, Olga.Maria+chat@example.org",
        "o'neill@example.org, o'neill@example.org",
        "olga@münchen.example, olga@xn--mnchen-3ya.example",
        "olga@例え.jp, olga@xn--r8jz45g.jp",
        "root@localhost, root@localhost",
        "a@b.co, a@b.co"
    })
    void everydayAddressIsTaken(String typed, String value) throws Exception {
        MailAddress address = new MailAddress(typed);
        assertEquals(value, address.value());
        assertEquals(value, InternetAddress.parse(address.value(), true)[0].getAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "olga",
                "@example.org",
                "olga@",
                "olga@@example.org",
                "a@b@example.org",
                ".olga@example.org",
                "olga.@example.org",
                "ol..ga@example.org",
                "\"olga\"@example.org",
                "<olga@example.org>",
                "Olga <olga@example.org>",
                "olga(x)@example.org",
                "olga@[127.0.0.1]",
                "olga@127.0.0.1",
                "olga@example",
                "olga@-example.org",
                "olga@example-.org",
                "olga@exa_mple.org",
                "olga@example..org",
                "olga@.org",
                "olga@example.org.",
                "ölga@example.org",
                "花子@example.org",
                "olga:x@example.org",
                "group:a@b.org;",
                "olga@example.org,eve@example.org",
                "olga@example.org;eve@example.org",
                "olga@example.org eve@example.org",
                " olga@example.org",
                "olga@example.org ",
                "olga@example.org\r\nBcc: eve@example.org",
                "olga\r\n@example.org",
                "olga@example.org\n",
                "olga@example.org\r",
                "olga\u0000@example.org",
                "olga@example.org\u0000",
                "olga@exa\u2028mple.org",
                "olga\u00a0@example.org",
                "olga@example.org\u0085",
                "olga@example。org。",
                "%0d%0a@",
                "olga@exam%0aple.org",
                "olga@\ud800.org"
            })
    void anythingElseIsRefusedWithoutBeingQuoted(String typed) {
        String sentence = assertThrows(IllegalArgumentException.class, () -> new MailAddress(typed))
                .getMessage();
        assertTrue(sentence.endsWith("."), sentence);
        assertFalse(sentence.contains("eve@"), sentence);
        assertFalse(sentence.contains("\r") || sentence.contains("\n"), sentence);
    }

    @Test
    void severalAddressesAreRefusedAsSuch() {
        assertEquals(
                "That looks like several addresses. Give one.",
                assertThrows(IllegalArgumentException.class, () -> new MailAddress("a@b.org,c@d.org"))
                        .getMessage());
    }

    @Test
    void lengthsAreLimited() {
        String domain = "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(57) + ".org";
        String local = "o".repeat(64);
        assertEquals(254, new MailAddress(local + "@" + domain).value().length());
        assertThrows(IllegalArgumentException.class, () -> new MailAddress(local + "o@example.org"));
        assertThrows(IllegalArgumentException.class, () -> new MailAddress(local + "@c" + domain));
        assertThrows(IllegalArgumentException.class, () -> new MailAddress("o@" + "x.".repeat(5_000) + "org"));
        String foreign = "o@" + ("äöüéèà".repeat(4) + ".").repeat(9) + "org";
        assertTrue(foreign.length() < 254, "short as typed, long in ASCII");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new MailAddress(foreign))
                .getMessage()
                .startsWith("That address is too long"));
    }
}
