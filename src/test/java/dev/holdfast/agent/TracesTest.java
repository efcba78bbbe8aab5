package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.SentRequest;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.ModelCall;
import dev.holdfast.model.ModelFailure;
import dev.holdfast.model.ModelListener;
import dev.holdfast.model.ModelRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was sent is rendered again from the file, to the letter; and if not, it is said. */
class TracesTest {
    private static final String WORDS = ". We spoke of the harbour, and of the weather.".repeat(10);
    private static final Optional<String> SYSTEM = Optional.of("Be kind.");

    private final TurnBench bench = new TurnBench();
    private final ScriptedModel model = bench.model;
    private final Traces traces = new Traces(model, SYSTEM);
    /** What the model was sent, by reply. */
    private final List<String> replies = new ArrayList<>();

    private void turn(String text) {
        bench.say(text);
        model.call().say("Echo of ", text).complete();
        bench.settle();
        replies.add(bench.head().id());
        bench.advance(Duration.ofSeconds(5));
    }

    private SentRequest sent(Traces by, String reply) throws IOException {
        return by.sent(bench.live.stored(), reply).orElseThrow();
    }

    private void assertEachIsRenderedAgain() throws IOException {
        assertEquals(replies.size(), model.calls().size());
        for (int i = 0; i < replies.size(); i++) {
            SentRequest sent = sent(traces, replies.get(i));
            String asked = model.rendered(model.calls().get(i).request());

            assertEquals(Optional.of(asked), sent.body(), replies.get(i));
            assertTrue(sent.same());
            assertEquals(List.of(), sent.missing());
            assertFalse(sent.otherModel());
        }
    }

    @Test
    void requestOfEveryTurnIsRenderedAgainOverCutsAndSummaries() throws IOException {
        for (int turn = 0; turn < 40; turn++) {
            turn("Turn " + turn + WORDS);
        }
        long beginnings = begins().stream().distinct().count();
        assertTrue(beginnings > 3, () -> beginnings + " beginnings");
        assertTrue(begins().stream().anyMatch(begin -> begin.summary().isPresent()), "a summary was sent");

        assertEachIsRenderedAgain();
    }

    private List<Entry.Trace.Begin> begins() throws IOException {
        return bench.live.stored().calls(100).stream()
                .map(call -> call.trace().orElseThrow().begin())
                .toList();
    }

    @Test
    void requestOnABranchThatWasLeftIsRenderedAgain() throws IOException {
        turn("My name is Olga");
        turn("What is a lighthouse for?");
        bench.live.stored().append(new Entry.Head(Optional.of(replies.get(0)), bench.clock.instant()));
        turn("What is a harbour for?");

        assertEachIsRenderedAgain();
    }

    @Test
    void requestWithAFailedReplyInBetweenIsRenderedAgain() throws IOException {
        bench.say("My name is Olga");
        model.call().fail(new ModelFailure(ModelFailure.Kind.REFUSED, "It does not want to."));
        bench.settle();
        replies.add(bench.head().id());
        turn("What is my name?");

        assertEachIsRenderedAgain();
    }

    @Test
    void otherInstructionsAreNoticedAndWhatIsShownIsNotSaidToBeTheSame() throws IOException {
        turn("Hello");

        SentRequest sent = sent(new Traces(model, Optional.of("Be brief.")), replies.get(0));

        assertFalse(sent.same());
        assertTrue(sent.body().orElseThrow().contains("Be brief."));
        assertEquals(List.of(), sent.missing());
        assertFalse(sent.otherModel());
    }

    @Test
    void otherModelIsNoticed() throws IOException {
        turn("Hello");
        ChatModel other = new ChatModel() {
            @Override
            public String name() {
                return "another";
            }

            @Override
            public ModelCall ask(ModelRequest request, ModelListener listener) {
                throw new AssertionError("nobody is asked");
            }

            @Override
            public String rendered(ModelRequest request) {
                return "another's form";
            }
        };

        SentRequest sent = sent(new Traces(other, SYSTEM), replies.get(0));

        assertTrue(sent.otherModel());
        assertFalse(sent.same());
        assertEquals("another", sent.model());
        assertEquals(ScriptedModel.NAME, sent.trace().model());
    }

    @Test
    void nothingIsMadeUpWhenAMessageIsLost() throws IOException {
        turn("Hello");
        Entry.Trace whole = sent(traces, replies.get(0)).trace();
        bench.live
                .stored()
                .append(new Entry.Trace(
                        "m90",
                        whole.model(),
                        whole.begin(),
                        "m89",
                        whole.maxOutput(),
                        whole.sha256(),
                        whole.tokens(),
                        whole.whole(),
                        whole.firstWord(),
                        whole.millis(),
                        whole.timestamp()));

        SentRequest sent = sent(traces, "m90");

        assertEquals(Optional.empty(), sent.body());
        assertFalse(sent.same());
        assertEquals(List.of("m89", "m1"), sent.missing());
    }

    @Test
    void whatNobodyNotedDownIsNotThere() throws IOException {
        turn("Hello");

        assertEquals(Optional.empty(), traces.sent(bench.live.stored(), "m1"));
        assertEquals(Optional.empty(), traces.sent(bench.live.stored(), "m99"));
    }
}
