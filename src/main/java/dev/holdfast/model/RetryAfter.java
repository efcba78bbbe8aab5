package dev.holdfast.model;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a provider asks to wait. In this order: {@code Retry-After} (RFC 9110, section 10.2.3) in seconds, or as a
 * date, then counted from the answer's own {@code Date}, so that the two machines' clocks need not agree; else
 * OpenAI's {@code x-ratelimit-reset-…} of each limit of which nothing remains.
 */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,7}(\\.\\d{1,9})?");
    /** As Go prints a duration: {@code 6m0s}, {@code 1.5s}, {@code 12ms}. */
    private static final Pattern RESET =
            Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m(?!s))?(?:(\\d{1,7}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,7})ms)?");

    private RetryAfter() {}

    static Optional<Duration> in(HttpHeaders headers) {
        Optional<String> value = headers.firstValue("retry-after").map(String::strip);
        if (value.isPresent()) {
            return SECONDS.matcher(value.get()).matches()
                    ? Optional.of(seconds(value.get()))
                    : between(headers.firstValue("date"), value);
        }
        return Stream.of("requests", "tokens")
                .filter(limit -> headers.firstValue("x-ratelimit-remaining-" + limit)
                        .filter("0"::equals)
                        .isPresent())
                .flatMap(limit -> headers.firstValue("x-ratelimit-reset-" + limit).stream())
                .flatMap(reset -> reset(reset).stream())
                .max(Duration::compareTo);
    }

    private static Optional<Duration> between(Optional<String> now, Optional<String> then) {
        try {
            Duration wait = Duration.between(date(now.orElse("")), date(then.orElse("")));
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ZonedDateTime date(String value) {
        return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private static Optional<Duration> reset(String value) {
        Matcher matcher = RESET.matcher(value);
        if (value.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofHours(Long.parseLong(or0(matcher.group(1))))
                .plusMinutes(Long.parseLong(or0(matcher.group(2))))
                .plus(seconds(or0(matcher.group(3))))
                .plusMillis(Long.parseLong(or0(matcher.group(4)))));
    }

    private static String or0(String digits) {
        return digits == null ? "0" : digits;
    }

    private static Duration seconds(String decimal) {
        return Duration.ofMillis((long) Math.ceil(Double.parseDouble(decimal) * 1000));
    }
}
