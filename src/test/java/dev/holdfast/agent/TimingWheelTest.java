package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.journal.HandExecutor;
import dev.holdfast.model.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A wheel of ten spans of 20 milliseconds, by a time that is moved by hand. */
class TimingWheelTest {
    private final ManualTimer timer = new ManualTimer();
    private final HandExecutor threads = new HandExecutor();
    private final TimingWheel wheel = new TimingWheel(threads, timer, Duration.ofMillis(200), Duration.ofMillis(20));
    private final List<String> done = new ArrayList<>();
    private int now;

    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            timer.advance(Duration.ofMillis(1));
            now++;
            threads.runAll();
        }
    }

    @Test
    void theFirstActionWaitsToTheLastMillisecond() {
        wheel.later(() -> done.add("done"));
        pass(199);
        assertEquals(List.of(), done);

        pass(1);
        assertEquals(List.of("done"), done);
        pass(1000);
        assertEquals(List.of("done"), done);
    }

    @Test
    void everyActionWaitsAsLongAsWasSaidOrUpToOneSpanLess() {
        Random random = new Random(4);
        List<Integer> waits = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int begin = now;
            wheel.later(() -> waits.add(now - begin));
            pass(random.nextInt(30));
        }
        pass(200);

        assertEquals(1000, waits.size());
        assertTrue(waits.stream().allMatch(wait -> wait > 180 && wait <= 200), waits.toString());
    }

    @Test
    void anActionMayEnterTheNext() {
        wheel.later(() -> wheel.later(() -> done.add("second")));
        pass(399);
        assertEquals(List.of(), done);

        pass(1);
        assertEquals(List.of("second"), done);
    }

    @Test
    void thoseOfOneMomentAreRunByFewTasks() {
        for (int i = 0; i < 100; i++) {
            wheel.later(() -> done.add("done"));
        }
        timer.advance(Duration.ofMillis(200));
        assertEquals(4, threads.waiting());

        threads.runAll();
        assertEquals(100, done.size());
    }

    @Test
    void oneThatThrowsKeepsNoneOfTheOthersFromBeingRun() {
        wheel.later(() -> done.add("first"));
        wheel.later(() -> {
            throw new IllegalStateException("second");
        });
        wheel.later(() -> done.add("third"));
        timer.advance(Duration.ofMillis(200));

        assertThrows(IllegalStateException.class, threads::runAll);
        threads.runAll();
        assertEquals(List.of("first", "third"), done);
    }

    @Test
    void itStandsStillWhileNothingWaits() {
        assertEquals(List.of(), timer.waiting());
        wheel.later(() -> done.add("done"));
        assertEquals(1, timer.waiting().size());

        pass(200);
        assertEquals(List.of(), timer.waiting());
    }

    @Test
    void whenThereIsNoTimeAnyMoreItSaysSo() {
        timer.shutdown();
        assertFalse(wheel.later(() -> done.add("done")));
    }
}
