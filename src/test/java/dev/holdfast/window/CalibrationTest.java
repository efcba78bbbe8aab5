package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
    private static final double EXACT = 1e-9;
    private static final double MARGIN = 1.05;

    private final Calibration calibration = new Calibration();

    @Test
    void nothingLearnedChangesNothing() {
        assertEquals(1, calibration.factor("m"));
        assertEquals(1_000, calibration.calibrated("m", 1_000));
    }

    @Test
    void oneReportIsLearned() {
        calibration.learn("m", 1_000, 1_300);
        assertEquals(1.3 * MARGIN, calibration.factor("m"), EXACT);
        assertEquals(1_365, calibration.calibrated("m", 1_000));
        assertEquals(14, calibration.calibrated("m", 10));
    }

    @Test
    void modelsDoNotLearnFromEachOther() {
        calibration.learn("a", 1_000, 1_500);
        assertEquals(1, calibration.factor("b"));
    }

    @ParameterizedTest
    @CsvSource({"1000, 200, 0.5", "1000, 476, 0.5", "1000, 1905, 2", "1000, 5000, 2"})
    void factorStaysWithinItsBounds(long estimated, long reported, double factor) {
        calibration.learn("m", estimated, reported);
        assertEquals(factor, calibration.factor("m"));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0",
        "1000, -1",
        "1000, 100",
        "1000, 165",
        "1000, 7000",
        "1000, 9223372036854775807",
        "63, 90",
        "0, 0",
        "0, 1000",
        "-1000, 1000",
        "-9223372036854775808, -9223372036854775808"
    })
    void absurdReportIsNotLearned(long estimated, long reported) {
        calibration.learn("m", 1_000, 1_100);
        calibration.learn("m", estimated, reported);
        assertEquals(1.1 * MARGIN, calibration.factor("m"), EXACT);
    }

    @Test
    void smallestRequestThatTellsIsLearned() {
        calibration.learn("m", 64, 96);
        assertEquals(1.5 * MARGIN, calibration.factor("m"), EXACT);
    }

    @Test
    void oneReportRaisesAndOneDoesNotLower() {
        calibration.learn("m", 1_000, 1_000);
        calibration.learn("m", 1_000, 1_400);
        assertEquals(1.4 * MARGIN, calibration.factor("m"), EXACT);
        calibration.learn("m", 1_000, 900);
        assertEquals(1.4 * MARGIN, calibration.factor("m"), EXACT);
    }

    @Test
    void oneOfTwentyIsAnOutlier() {
        calibration.learn("m", 1_000, 1_900);
        learn(18, 1_000, 800);
        assertEquals(1.9 * MARGIN, calibration.factor("m"), EXACT);
        learn(1, 1_000, 800);
        assertEquals(0.8 * MARGIN, calibration.factor("m"), EXACT);
    }

    @Test
    void shortRequestWeighsLess() {
        calibration.learn("m", 100, 190);
        learn(1, 1_900, 1_900);
        assertEquals(MARGIN, calibration.factor("m"), EXACT);
    }

    @Test
    void longRequestWeighsNoMoreThanItsMost() {
        calibration.learn("m", 2_000, 2_400);
        learn(1, 1_000_000, 1_000_000);
        assertEquals(1.2 * MARGIN, calibration.factor("m"), EXACT);
    }

    @Test
    void whatIsLongAgoIsForgotten() {
        learn(32, 1_000, 1_800);
        learn(30, 1_000, 700);
        assertEquals(1.8 * MARGIN, calibration.factor("m"), EXACT);
        learn(1, 1_000, 700);
        assertEquals(0.7 * MARGIN, calibration.factor("m"), EXACT);
    }

    @Test
    void modelLongestUnusedIsForgotten() {
        IntStream.range(0, 64).forEach(i -> calibration.learn("m" + i, 1_000, 1_500));
        calibration.factor("m0");
        calibration.learn("another", 1_000, 1_500);
        assertEquals(1, calibration.factor("m1"));
        assertEquals(1.5 * MARGIN, calibration.factor("m0"), EXACT);
        assertEquals(1.5 * MARGIN, calibration.factor("m2"), EXACT);
    }

    /** Its reports differ from its counts by the frame of a request only. */
    @Test
    void exactCounterIsCalibratedToAboutItself() {
        for (int estimated = 500; estimated < 20_000; estimated += 500) {
            calibration.learn("m", estimated, estimated + 3);
        }
        assertEquals(MARGIN, calibration.factor("m"), 0.01);
    }

    @Test
    void countBeyondAnIntStaysTheLargestInt() {
        calibration.learn("m", 1_000, 1_500);
        assertEquals(Integer.MAX_VALUE, calibration.calibrated("m", Long.MAX_VALUE));
        assertEquals(0, calibration.calibrated("m", 0));
    }

    @Test
    void anyReportsKeepTheFactorWithinItsBounds() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            calibration.learn(
                    "m" + random.nextInt(100),
                    random.nextLong() >> random.nextInt(64),
                    random.nextLong() >> random.nextInt(64));
            double factor = calibration.factor("m" + random.nextInt(100));
            assertTrue(factor >= 0.5 && factor <= 2, () -> "seed " + seed + ": " + factor);
        }
    }

    @Test
    void threadsLearnTogether() {
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            calibration.learn("m" + i % 80, 1_000, 1_200);
            assertTrue(calibration.factor("m" + i % 80) >= 1);
        });
        calibration.learn("m", 1_000, 1_200);
        assertEquals(1.2 * MARGIN, calibration.factor("m"), EXACT);
    }

    private void learn(int times, long estimated, long reported) {
        IntStream.range(0, times).forEach(i -> calibration.learn("m", estimated, reported));
    }
}
