package dev.holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "' 10.0.0.7 ', 10.0.0.7",
        "::1, 0:0:0:0:0:0:0:1",
        "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::ffff:10.0.0.7, 10.0.0.7"
    })
    void numbersAreRead(String text, String address) {
        assertEquals(Optional.of(address), NumericAddress.parse(text).map(InetAddress::getHostAddress));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "proxy.example.org",
                "127.0.0",
                "1.2.3.4.5",
                "256.1.1.1",
                "10.0.0.0/8",
                ":",
                "dead:beef"
            })
    void namesAreNotLookedUp(String text) {
        assertEquals(Optional.empty(), NumericAddress.parse(text));
    }
}
