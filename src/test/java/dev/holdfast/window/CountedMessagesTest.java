package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.conversation.Message;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountedMessagesTest {
    private final AtomicInteger counted = new AtomicInteger();
    private final CountedMessages counter = new CountedMessages(message -> {
        counted.incrementAndGet();
        return Paths.WEIGHT.count(message);
    });
    private final List<Message> path = new Paths().user(10).reply(20).user(30).all();

    @Test
    void messageIsCountedOnce() {
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(10, 20, 30), path.stream().map(counter::count).toList());
        }
        assertEquals(3, counted.get());
        assertEquals(3, counter.size());
    }

    @Test
    void messageThatIsNotRetainedIsForgotten() {
        path.forEach(counter::count);
        counter.retain(path.subList(1, 2));
        assertEquals(1, counter.size());
        path.forEach(counter::count);
        assertEquals(3 + 2, counted.get());
    }

    @Test
    void retainingWhatWasNeverCountedCountsNothing() {
        counter.retain(path);
        assertEquals(0, counter.size());
        assertEquals(0, counted.get());
    }

    @Test
    void requestCostsWhatTheOtherCounterSays() {
        TokenCounter priming = new TokenCounters().forModel("gpt-4o");
        assertEquals(priming.perRequest(), new CountedMessages(priming).perRequest());
        assertEquals(0, counter.perRequest());
    }

    @Test
    void threadsThatCountAndForgetGetTheRightCounts() {
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            Message message = path.get(i % 3);
            assertEquals(10 * (i % 3 + 1), counter.count(message));
            if (i % 50 == 0) {
                counter.retain(List.of(message));
            }
        });
        counter.retain(List.of());
        assertEquals(0, counter.size());
    }
}
