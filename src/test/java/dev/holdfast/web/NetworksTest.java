package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.Ask;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who tries too often is told to wait, and nobody else: wherever they are, behind whatever proxy. */
class NetworksTest {
    private static final int TRIES = 10;

    @TempDir
    Path data;

    private static int tryCode(RunningSite site, String... headers) {
        Ask ask = site.ask("POST", "/resume").form("code", "0000-0000-0000-0000");
        for (int i = 0; i < headers.length; i += 2) {
            ask.header(headers[i], headers[i + 1]);
        }
        return ask.send().status();
    }

    private static void tryAll(RunningSite site, String... headers) {
        for (int i = 0; i < TRIES; i++) {
            assertEquals(404, tryCode(site, headers));
        }
    }

    private RunningSite start(String... settings) {
        return RunningSite.start(data, ScriptedModel.answering("Yes."), settings);
    }

    /** Else whoever may not try any more would only have to say that they are somebody else. */
    @Test
    void withoutAProxyNobodyIsSomebodyElse() {
        try (RunningSite site = start()) {
            tryAll(site);
            assertEquals(429, tryCode(site));
            assertEquals(429, tryCode(site, "X-Forwarded-For", "192.0.2.7"));
        }
    }

    @Test
    void behindAProxyEachIsLimitedByTheAddressThatItHadBeforeIt() {
        try (RunningSite site = start("proxies", "127.0.0.1")) {
            tryAll(site, "X-Forwarded-For", "192.0.2.7");
            assertEquals(429, tryCode(site, "X-Forwarded-For", "192.0.2.7"));
            assertEquals(
                    429, tryCode(site, "X-Forwarded-For", "198.51.100.1, 192.0.2.7"), "what came with it is a claim");
            assertEquals(
                    429,
                    tryCode(site, "X-Forwarded-For", "198.51.100.1", "x-forwarded-for", "192.0.2.7"),
                    "also in a header of its own");
            assertEquals(404, tryCode(site, "X-Forwarded-For", "192.0.2.8"));
            assertEquals(404, tryCode(site), "and the proxy itself");
            assertEquals(404, tryCode(site, "X-Forwarded-For", "somebody"), "counts as the proxy");
        }
    }

    @Test
    void ofIpv6TheFirstHalfCounts() {
        try (RunningSite site = start("proxies", "127.0.0.1")) {
            for (int i = 0; i < TRIES; i++) {
                assertEquals(404, tryCode(site, "X-Forwarded-For", "2001:db8:1:2:" + i + "::1"));
            }
            assertEquals(429, tryCode(site, "X-Forwarded-For", "2001:db8:1:2:ffff::9"));
            assertEquals(429, tryCode(site, "X-Forwarded-For", "[2001:0db8:0001:0002::7]"));
            assertEquals(404, tryCode(site, "X-Forwarded-For", "2001:db8:1:3::1"));
        }
    }
}
