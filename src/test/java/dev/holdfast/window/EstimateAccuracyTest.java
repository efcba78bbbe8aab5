package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The estimate against two real encodings, before and after it was calibrated by them. Each text is dealt out sentence by
 * sentence, in code line by line, to two halves: what was learned from one is measured on the other, and the other way round.
 */
class EstimateAccuracyTest {
    private static final List<String> TEXTS = List.of(
            "English",
            "German",
            "Spanish",
            "Russian",
            "Japanese",
            "Chinese",
            "Arabic",
            "Hindi",
            "Java",
            "Python",
            "Tool-calls",
            "Emoji",
            "Base64");
    /** A model of each encoding. */
    private static final List<String> MODELS = List.of("gpt-4", "gpt-4o");

    private static final double UNDER_AT_MOST = 0.95;

    /** One for all tests: encodings take a while to load. */
    private static final TokenCounters COUNTERS = new TokenCounters();

    private final TokenCounter estimate = COUNTERS.forModel("a model without a tokenizer");

    private final Map<String, Calibration> byAll = new HashMap<>();

    /** Each way the lower of both directions. */
    private record Row(double before, double afterOwnHalf, double afterAllHalves) {}

    @Test
    void calibratedEstimateIsNeverUnderByMoreThanFivePercent() {
        StringBuilder table = new StringBuilder("""
                | text | `cl100k_base`: estimate | calibrated by its other half | by halves of all | `o200k_base`: estimate \
                | calibrated by its other half | by halves of all |
                |---|---|---|---|---|---|---|
                """);
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String text : TEXTS) {
            table.append("| ").append(text.replace('-', ' '));
            for (String model : MODELS) {
                Row row = row(text, model);
                rows.put(text + " for " + model, row);
                table.append(String.format(
                        Locale.ROOT, " | %.2f | %.2f | %.2f", row.before, row.afterOwnHalf, row.afterAllHalves));
            }
            table.append(" |\n");
        }
        System.out.println(table);
        rows.forEach((what, row) -> {
            assertTrue(row.afterOwnHalf >= UNDER_AT_MOST, () -> what + " by its half: " + row);
            assertTrue(row.afterAllHalves >= UNDER_AT_MOST, () -> what + " by all: " + row);
        });
    }

    /** What one request mixed is counted right in a mixture, not in each of its parts. */
    @Test
    void estimateCalibratedByMixedRequestsIsNotUnderForAMixture() {
        for (String model : MODELS) {
            for (int learned = 0; learned < 2; learned++) {
                Calibration calibration = new Calibration();
                learn(calibration, model, mixed(learned));
                double ratio = ratio(calibration, model, mixed(1 - learned));
                assertTrue(ratio >= UNDER_AT_MOST && ratio < 1.15, model + ": " + ratio);
            }
        }
    }

    /** Else the calibration would have nothing to do, and the test above would prove nothing. */
    @Test
    void estimateAloneIsFarOffForTheNewerEncoding() {
        assertTrue(row("Hindi", "gpt-4o").before > 3);
    }

    @Test
    void halvesAreAboutTheSameSizeAndMissNothing() {
        for (String text : TEXTS) {
            List<Message> halves = halves(text);
            int first = halves.get(0).text().length();
            int second = halves.get(1).text().length();
            assertTrue(first < 2 * second && second < 2 * first, text + ": " + first + " and " + second);
            assertEquals(
                    read(text).chars().filter(c -> !Character.isWhitespace(c)).count(),
                    (halves.get(0).text() + halves.get(1).text())
                            .chars()
                            .filter(c -> !Character.isWhitespace(c))
                            .count());
        }
    }

    private Row row(String text, String model) {
        List<Message> halves = halves(text);
        double before = Double.MAX_VALUE;
        double own = Double.MAX_VALUE;
        double all = Double.MAX_VALUE;
        for (int learned = 0; learned < 2; learned++) {
            Message measured = halves.get(1 - learned);
            before = Math.min(before, ratio(new Calibration(), model, measured));
            Calibration byOwn = new Calibration();
            learn(byOwn, model, halves.get(learned));
            own = Math.min(own, ratio(byOwn, model, measured));
            all = Math.min(all, ratio(byHalvesOfAll(model, learned), model, measured));
        }
        return new Row(before, own, all);
    }

    private Calibration byHalvesOfAll(String model, int learned) {
        return byAll.computeIfAbsent(model + learned, which -> {
            Calibration calibration = new Calibration();
            TEXTS.forEach(text -> learn(calibration, model, halves(text).get(learned)));
            return calibration;
        });
    }

    private void learn(Calibration calibration, String model, Message message) {
        calibration.learn(
                model, estimate.count(message), COUNTERS.forModel(model).count(message));
    }

    /** What we say of a message, as a part of what the model counts. */
    private double ratio(Calibration calibration, String model, Message message) {
        return (double) calibration.calibrated(model, estimate.count(message))
                / COUNTERS.forModel(model).count(message);
    }

    private static Message mixed(int half) {
        StringBuilder mixed = new StringBuilder();
        TEXTS.forEach(text -> mixed.append(halves(text).get(half).text()).append('\n'));
        return message(mixed.toString());
    }

    private static List<Message> halves(String text) {
        List<String> pieces = List.of(read(text).strip().split("\\n+|(?<=[.!?।؟])\\s+|(?<=[。!?])"));
        List<Message> halves = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            List<String> mine = new ArrayList<>();
            for (int i = half; i < pieces.size(); i += 2) {
                mine.add(pieces.get(i));
            }
            halves.add(message(String.join("\n", mine)));
        }
        return halves;
    }

    private static Message message(String text) {
        return new Paths()
                .add(Role.USER, Stop.COMPLETE, new Block.Text(text))
                .all()
                .get(0);
    }

    private static String read(String text) {
        String name = "/window/corpus/" + text.toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = EstimateAccuracyTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
