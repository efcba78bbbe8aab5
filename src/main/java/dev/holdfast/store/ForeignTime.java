package dev.holdfast.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Times as other programs write them: seconds or milliseconds since 1970, ISO 8601 with a zone or without, and SillyTavern's
 * {@code June 19, 2023 2:20pm} and {@code 2023-06-19 @14h 20m 30s 100ms}.
 *
 * @param zone of times that name none
 */
record ForeignTime(ZoneId zone) {
    /** So many seconds are the year 5138; so many milliseconds are in 1973. */
    private static final double FEWEST_MILLIS = 1e11;

    private static final DateTimeFormatter IN_WORDS = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("MMMM d, uuuu h:mma")
            .toFormatter(Locale.ENGLISH);
    private static final DateTimeFormatter WITH_LETTERS = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-M-d @H'h' m'm' s's' ")
            .appendValue(ChronoField.MILLI_OF_SECOND)
            .appendLiteral("ms")
            .toFormatter(Locale.ENGLISH);

    /** The moment; empty if there is none that can be understood. */
    Optional<Instant> parse(JsonElement element) {
        if (!(element instanceof JsonPrimitive primitive) || primitive.isBoolean()) {
            return Optional.empty();
        }
        String text = primitive.getAsString().strip();
        if (primitive.isNumber() || text.matches("[0-9]{9,14}")) {
            return parsed(text, ForeignTime::sinceEpoch);
        }
        List<Function<String, Instant>> ways = List.of(
                iso -> OffsetDateTime.parse(iso).toInstant(),
                iso -> local(LocalDateTime.parse(iso.replace(' ', 'T'))),
                words -> local(LocalDateTime.parse(words, IN_WORDS)),
                letters -> local(LocalDateTime.parse(letters, WITH_LETTERS)));
        return ways.stream().flatMap(way -> parsed(text, way).stream()).findFirst();
    }

    private static Optional<Instant> parsed(String text, Function<String, Instant> way) {
        try {
            return Optional.of(way.apply(text));
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Instant sinceEpoch(String number) {
        double value = Double.parseDouble(number);
        if (Double.isNaN(value) || Math.abs(value) > 1e15) {
            throw new DateTimeException("no time");
        }
        return Instant.ofEpochMilli(Math.round(value >= FEWEST_MILLIS ? value : value * 1000));
    }

    private Instant local(LocalDateTime time) {
        return time.atZone(zone).toInstant();
    }
}
