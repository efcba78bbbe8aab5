package dev.holdfast.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.mail.MailAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {
    private static boolean allows(List<String> allowed, String address) {
        return new AllowList(allowed).allows(new MailAddress(address));
    }

    @ParameterizedTest
    @CsvSource({
        "olga@example.org, olga@example.org, true",
        "Olga@Example.ORG, oLGA@example.org, true",
        "olga@example.org, eve@example.org, false",
        "olga@example.org, olga@example.com, false",
        "@example.org, eve@example.org, true",
        "@example.org, eve@mail.example.org, false",
        "@example.org, eve@notexample.org, false",
        "@bücher.example, eve@xn--bcher-kva.example, true",
        "*, anybody@example.net, true"
    })
    void allowsAddressesAndDomains(String allowed, String address, boolean may) {
        assertEquals(may, allows(List.of(allowed), address));
    }

    @Test
    void oneOfSeveralIsEnough() {
        List<String> allowed = List.of("olga@example.org", "@example.com");
        assertTrue(allows(allowed, "olga@example.org"));
        assertTrue(allows(allowed, "paul@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "@", "olga@", "*@example.org x", "@example..org"})
    void whatIsNeitherIsNamed(String wrong) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new AllowList(List.of(wrong)));
        assertTrue(refused.getMessage().contains("“" + wrong + "”"), refused.getMessage());
    }
}
