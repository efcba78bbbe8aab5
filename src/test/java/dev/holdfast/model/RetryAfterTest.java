package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static Optional<Duration> in(String... namesAndValues) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return RetryAfter.in(HttpHeaders.of(headers, (name, value) -> true));
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S", "20, PT20S", "' 20 ', PT20S", "1.5, PT1.5S"})
    void secondsAreRead(String value, Duration wait) {
        assertEquals(Optional.of(wait), in("Retry-After", value));
    }

    @Test
    void dateCountsFromTheAnswersOwnDate() {
        assertEquals(
                Optional.of(Duration.ofSeconds(75)),
                in("Retry-After", "Wed, 21 Oct 2015 07:29:15 GMT", "Date", "Wed, 21 Oct 2015 07:28:00 GMT"));
    }

    @Test
    void datePassedMeansNow() {
        assertEquals(
                Optional.of(Duration.ZERO),
                in("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT", "Date", "Wed, 21 Oct 2015 07:28:10 GMT"));
    }

    @Test
    void dateWithoutTheAnswersDateSaysNothing() {
        assertEquals(Optional.empty(), in("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "99999999999999999999", "1e9"})
    void nonsenseSaysNothing(String value) {
        assertEquals(Optional.empty(), in("Retry-After", value));
        assertEquals(Optional.empty(), in("x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", value));
    }

    @ParameterizedTest
    @CsvSource({"6m0s, PT6M", "1s, PT1S", "12ms, PT0.012S", "1h2m3.5s, PT1H2M3.5S", "1m30ms, PT1M0.03S"})
    void resetOfAUsedUpLimitIsRead(String reset, Duration wait) {
        assertEquals(Optional.of(wait), in("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", reset));
    }

    @Test
    void resetOfALimitWithRoomSaysNothing() {
        assertEquals(
                Optional.of(Duration.ofSeconds(2)),
                in(
                        "x-ratelimit-remaining-requests", "59",
                        "x-ratelimit-reset-requests", "1h0m0s",
                        "x-ratelimit-remaining-tokens", "0",
                        "x-ratelimit-reset-tokens", "2s"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1 second",
        "1, 1 second",
        "20000, 20 seconds",
        "20001, 21 seconds",
        "60000, 1 minute",
        "90000, 90 seconds",
        "120000, 2 minutes",
        "360000, 6 minutes",
        "7200000, 2 hours",
        "86400000, 24 hours"
    })
    void waitsAreToldInWords(long millis, String words) {
        assertEquals(words, Failures.words(Duration.ofMillis(millis)));
    }
}
