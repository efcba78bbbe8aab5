package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class BuiltInModelTest {
    private static final String LONG = "Tell me a long story about lighthouses";

    private final BuiltInHandScheduler scheduler = new BuiltInHandScheduler();
    private final BuiltInModel model = new BuiltInModel(scheduler);
    private final Heard heard = new Heard();

    @Test
    void askSaysNothingBeforeTimePasses() {
        ask("Hello", 4096);
        assertTrue(heard.pieces.isEmpty());
        scheduler.advance(Duration.ofMillis(33));
        assertEquals(List.of("Hello. "), heard.pieces);
    }

    @Test
    void replyIsTheConcatenationOfItsPieces() {
        ask("What is 6 * 7?", 4096);
        scheduler.advance(Duration.ofSeconds(10));
        assertEquals("6 × 7 = 42", heard.text());
        assertEquals(5, heard.pieces.size());
        assertEquals(Stop.COMPLETE, heard.stop);
    }

    @Test
    void usualReplyComesAtAboutThirtyWordsASecond() {
        ask(LONG, 4096);
        scheduler.advance(Duration.ofSeconds(10));
        assertEquals(303, heard.pieces.size());
    }

    @Test
    void replyThatIsToBeSlowComesAtTwoAndAHalfWordsASecond() {
        ask(LONG + ", slowly", 4096);
        scheduler.advance(Duration.ofSeconds(10));
        assertEquals(25, heard.pieces.size());
        assertFalse(heard.ended());
    }

    @Test
    void scriptWithoutSpacesComesInPiecesToo() {
        ask("東京の天気はどうですか", 4096);
        scheduler.advance(Duration.ofMinutes(1));
        assertTrue(heard.text().contains("東京の天気はどうですか"));
        assertTrue(heard.pieces.containsAll(List.of("“東京", "の天", "気は")), () -> heard.pieces.toString());
    }

    @Test
    void cancelledReplyIsHeardNoMore() {
        ModelCall call = ask(LONG, 4096);
        scheduler.advance(Duration.ofSeconds(1));
        int pieces = heard.pieces.size();
        call.cancel();
        scheduler.advance(Duration.ofMinutes(10));
        assertEquals(pieces, heard.pieces.size());
        assertFalse(heard.ended());
        assertEquals(0, scheduler.waiting());
    }

    @Test
    void listenerThatCancelsHearsNothingAfterThatPiece() {
        ModelCall[] call = new ModelCall[1];
        heard.atPiece = () -> call[0].cancel();
        call[0] = ask(LONG, 4096);
        scheduler.advance(Duration.ofMinutes(1));
        assertEquals(1, heard.pieces.size());
        assertFalse(heard.ended());
    }

    @Test
    void cancelAfterTheEndDoesNothing() {
        ModelCall call = ask("Hello", 4096);
        scheduler.advance(Duration.ofMinutes(1));
        call.cancel();
        assertEquals(Stop.COMPLETE, heard.stop);
    }

    @Test
    void replyStopsAtTheMostTokensThatWereAllowed() {
        ask(LONG, 100);
        scheduler.advance(Duration.ofMinutes(5));
        assertEquals(Stop.LENGTH, heard.stop);
        assertTrue(heard.usage.output() > 95 && heard.usage.output() <= 100, heard.usage::toString);
    }

    @Test
    void usageGrowsWithWhatWasSentAndSaid() {
        ask("say hello there", 4096);
        scheduler.advance(Duration.ofMinutes(1));
        assertEquals(new Usage(8, 3, 0, 0), heard.usage);
    }

    @Test
    void sameRequestBringsTheSameReply() {
        ask(LONG, 4096);
        Heard again = new Heard();
        new BuiltInModel(scheduler).ask(request(LONG, 4096), again);
        scheduler.advance(Duration.ofMinutes(5));
        assertEquals(heard.pieces, again.pieces);
    }

    @Test
    void manyCallsShareTheScheduler() {
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Heard one = new Heard();
            all.add(one);
            model.ask(request("say number " + i, 4096), one);
        }
        assertEquals(200, scheduler.waiting());
        scheduler.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 200; i++) {
            assertEquals("number " + i, all.get(i).text());
            assertEquals(Stop.COMPLETE, all.get(i).stop);
        }
    }

    @Test
    void schedulerShutDownInMidReplyIsAFailure() {
        ask(LONG, 4096);
        scheduler.advance(Duration.ofSeconds(1));
        scheduler.shutdown();
        scheduler.advance(Duration.ofSeconds(1));
        assertEquals(ModelFailure.Kind.UNREACHABLE, heard.failure.kind());
    }

    @Test
    void schedulerShutDownBeforeRefusesTheCall() {
        scheduler.shutdown();
        assertThrows(RejectedExecutionException.class, () -> ask(LONG, 4096));
    }

    @Test
    void listenerThatThrowsHearsOfTheFailureInsteadOfSilence() {
        heard.atPiece = () -> {
            throw new IllegalStateException("broken");
        };
        ask(LONG, 4096);
        scheduler.advance(Duration.ofSeconds(1));
        assertEquals("The built-in model failed: IllegalStateException.", heard.failure.sentence());
        assertEquals(1, heard.pieces.size());
    }

    @Test
    void nameSaysThatItIsNoAi() {
        assertEquals("Built-in (offline stand-in, no AI)", model.name());
        assertTrue(model.offline());
    }

    private ModelCall ask(String text, int maxOutput) {
        return model.ask(request(text, maxOutput), heard);
    }

    private static ModelRequest request(String text, int maxOutput) {
        return new ModelRequest(
                Optional.empty(),
                List.of(Message.user("m1", Optional.empty(), text, Instant.EPOCH, Optional.empty())),
                maxOutput);
    }

    private static final class Heard implements ModelListener {
        private final List<String> pieces = new ArrayList<>();
        private Runnable atPiece = () -> {};
        private Stop stop;
        private Usage usage;
        private ModelFailure failure;

        String text() {
            return String.join("", pieces);
        }

        boolean ended() {
            return stop != null || failure != null;
        }

        @Override
        public void piece(int block, Block.Kind kind, String piece) {
            assertEquals(0, block);
            assertEquals(Block.Kind.TEXT, kind);
            assertFalse(piece.isEmpty());
            assertFalse(ended());
            pieces.add(piece);
            atPiece.run();
        }

        @Override
        public void signature(int block, String signature) {
            throw new AssertionError("no thinking here");
        }

        @Override
        public void completed(Stop how, Usage tokens) {
            assertFalse(ended());
            stop = how;
            usage = tokens;
        }

        @Override
        public void failed(ModelFailure why) {
            assertFalse(ended());
            failure = why;
        }
    }
}
