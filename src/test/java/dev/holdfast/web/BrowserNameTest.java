package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are called, by what they say of themselves. */
class BrowserNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Firefox on Linux | Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0
            Firefox on Windows | Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0
            Firefox on iPhone | Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 Safari/605.1.15
            Chrome on Android | Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36
            Chrome on iPad | Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.0.0 Mobile/15E148 Safari/604.1
            Chrome on ChromeOS | Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
            Edge on Windows | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0
            Opera on macOS | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0
            Samsung Internet on Android | Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36
            Safari on macOS | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15
            Firefox | Firefox/145.0
            """)
    void browserIsCalledAsPeopleCallIt(String name, String agent) {
        assertEquals(name, BrowserName.of(agent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "curl/8.14.1", "Linux", "<script>alert(1)</script>", "Fire fox"})
    void whatIsNotKnownHasNoName(String agent) {
        assertEquals("", BrowserName.of(agent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Firefox/<b>1</b> olga@example.org (Linux \u202e)", "\u0000Firefox/\nLinux"})
    void nothingElseThatWasSentIsInIt(String agent) {
        assertEquals("Firefox on Linux", BrowserName.of(agent));
    }
}
