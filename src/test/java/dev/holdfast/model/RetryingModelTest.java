package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryingModelTest {
    private static final RandomGenerator NO_JITTER = () -> 0;

    private final ManualTimer timer = new ManualTimer();
    private final HeardReply heard = new HeardReply();
    private final Asked asked = new Asked();
    private final RetryingModel model = new RetryingModel(asked, timer, NO_JITTER);

    /** Remembers its listeners and leaves it to the test what they hear. */
    private static final class Asked implements ChatModel {
        private final List<ModelListener> listeners = new ArrayList<>();
        private int cancelled;

        @Override
        public String name() {
            return "asked";
        }

        @Override
        public ModelCall ask(ModelRequest request, ModelListener listener) {
            listeners.add(listener);
            return () -> cancelled++;
        }

        ModelListener last() {
            return listeners.get(listeners.size() - 1);
        }

        int times() {
            return listeners.size();
        }
    }

    private static ModelFailure failure(ModelFailure.Kind kind) {
        return new ModelFailure(kind, "A sentence.");
    }

    private static ModelFailure limited(Duration wait) {
        return new ModelFailure(ModelFailure.Kind.RATE_LIMITED, "A sentence.", Optional.of(wait));
    }

    @ParameterizedTest
    @EnumSource
    void passingFailuresAreTriedThreeTimesInAllAndOthersOnce(ModelFailure.Kind kind) throws Exception {
        model.ask(Wire.ask("Hi"), heard);
        int attempts = kind.passing() ? 3 : 1;
        for (int i = 1; i <= attempts; i++) {
            assertFalse(heard.ended());
            assertEquals(i, asked.times());
            asked.last().failed(failure(kind));
            timer.advance(Duration.ofSeconds(10));
        }
        heard.failed(kind);
        assertEquals(attempts, asked.times());
        assertEquals(List.of(), timer.waiting());
    }

    @Test
    void waitsGrow() {
        model.ask(Wire.ask("Hi"), heard);
        asked.last().failed(failure(ModelFailure.Kind.OVERLOADED));
        assertEquals(List.of(Duration.ofMillis(500)), timer.waiting());
        timer.advance(Duration.ofMillis(500));
        asked.last().failed(failure(ModelFailure.Kind.OVERLOADED));
        assertEquals(List.of(Duration.ofSeconds(1)), timer.waiting());
    }

    @Test
    void chanceAddsUpToAQuarter() {
        RandomGenerator most = () -> -1L;
        new RetryingModel(asked, timer, most).ask(Wire.ask("Hi"), heard);
        asked.last().failed(failure(ModelFailure.Kind.OVERLOADED));
        Duration wait = timer.waiting().get(0);
        assertTrue(
                wait.compareTo(Duration.ofMillis(624)) > 0 && wait.compareTo(Duration.ofMillis(625)) <= 0, wait + "");
    }

    @Test
    void replyOfTheSecondAttemptIsHeardAsIfItWereTheFirst() throws Exception {
        model.ask(Wire.ask("Hi"), heard);
        asked.last().failed(failure(ModelFailure.Kind.SILENT));
        timer.advance(Duration.ofSeconds(1));
        asked.last().piece(0, Block.Kind.TEXT, "Hello");
        asked.last().completed(Stop.COMPLETE, Usage.NONE);
        heard.completed();
        assertEquals(List.of("0 TEXT Hello"), heard.pieces());
    }

    @Test
    void nothingIsTriedAgainOnceSomethingWasHeard() throws Exception {
        model.ask(Wire.ask("Hi"), heard);
        asked.last().piece(0, Block.Kind.THINKING, "Hm");
        asked.last().failed(failure(ModelFailure.Kind.TRUNCATED));
        heard.failed(ModelFailure.Kind.TRUNCATED);
        assertEquals(List.of(), timer.waiting());
    }

    @Test
    void providersWaitIsHonouredUpToHalfAMinute() {
        model.ask(Wire.ask("Hi"), heard);
        asked.last().failed(limited(Duration.ofSeconds(30)));
        assertEquals(List.of(Duration.ofSeconds(30)), timer.waiting());
        timer.advance(Duration.ofSeconds(29));
        assertEquals(1, asked.times());
        timer.advance(Duration.ofSeconds(1));
        assertEquals(2, asked.times());
    }

    @Test
    void longerWaitIsReportedAtOnce() throws Exception {
        model.ask(Wire.ask("Hi"), heard);
        asked.last().failed(limited(Duration.ofMillis(30_001)));
        assertEquals(
                Optional.of(Duration.ofMillis(30_001)),
                heard.failed(ModelFailure.Kind.RATE_LIMITED).retryAfter());
        assertEquals(List.of(), timer.waiting());
    }

    @Test
    void cancelWhileWaitingEndsTheWait() {
        ModelCall call = model.ask(Wire.ask("Hi"), heard);
        asked.last().failed(failure(ModelFailure.Kind.OVERLOADED));
        call.cancel();
        assertEquals(List.of(), timer.waiting());
        timer.advance(Duration.ofMinutes(1));
        assertEquals(1, asked.times());
        assertFalse(heard.ended());
    }

    @Test
    void cancelReachesTheAttemptThatRunsAndNothingElseIsHeard() {
        ModelCall call = model.ask(Wire.ask("Hi"), heard);
        asked.last().failed(failure(ModelFailure.Kind.OVERLOADED));
        timer.advance(Duration.ofSeconds(1));
        call.cancel();
        assertEquals(1, asked.cancelled);
        asked.last().piece(0, Block.Kind.TEXT, "late");
        asked.last().failed(failure(ModelFailure.Kind.OVERLOADED));
        assertFalse(heard.ended());
        assertEquals(List.of(), heard.pieces());
        assertEquals(List.of(), timer.waiting());
    }

    @Test
    void cancelReachesTheSecondAttemptAlsoWhenTheFirstFailedBeforeItWasKnown() {
        List<String> cancelled = new ArrayList<>();
        ChatModel failsAtOnce = new ChatModel() {
            private int attempts;

            @Override
            public String name() {
                return "fails at once";
            }

            @Override
            public ModelCall ask(ModelRequest request, ModelListener listener) {
                String attempt = "attempt " + ++attempts;
                if (attempts == 1) {
                    listener.failed(failure(ModelFailure.Kind.UNREACHABLE));
                    timer.advance(Duration.ofSeconds(1));
                }
                return () -> cancelled.add(attempt);
            }
        };
        new RetryingModel(failsAtOnce, timer, NO_JITTER)
                .ask(Wire.ask("Hi"), heard)
                .cancel();
        assertEquals(List.of("attempt 2"), cancelled);
    }

    @Test
    void providerIsAskedThreeTimesOverTheWire() throws Exception {
        try (ProviderDouble provider = new ProviderDouble()) {
            provider.answer(
                    Wire.OPENAI.path,
                    ProviderDouble.error(503, "{\"error\":{\"message\":\"overloaded\"}}"),
                    ProviderDouble.events(),
                    ProviderDouble.openAi("At last"));
            new RetryingModel(Wire.OPENAI.model(provider.base(), timer), timer, NO_JITTER).ask(Wire.ask("Hi"), heard);
            while (!heard.ended()) {
                // Half a second and one second of waiting, far below what counts as silence.
                if (timer.waiting().stream().anyMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) <= 0)) {
                    timer.advance(Duration.ofSeconds(1));
                }
                Thread.onSpinWait();
            }
            heard.completed();
            assertEquals("At last", heard.text());
            assertEquals(3, provider.requests().size());
        }
    }
}
