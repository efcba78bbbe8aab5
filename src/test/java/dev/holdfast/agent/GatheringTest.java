package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.model.ManualTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When text is told, by a time that is moved by hand. */
class GatheringTest {
    private final ManualTimer timer = new ManualTimer();
    private final Transcript transcript = new Transcript();
    private final NotedEvents reader = new NotedEvents();
    private OpenReply reply;
    private Gathering gathering;
    private Feed feed;

    /** One is more than few. */
    @BeforeEach
    void manyListen() {
        transcript.apply(1, Message.user("m1", Optional.empty(), "Count", Instant.EPOCH, Optional.empty()));
        transcript.apply(2, new Entry.ReplyStarted("m2", "m1", "scripted", Optional.empty(), Instant.EPOCH));
        reply = transcript.openReply().orElseThrow();
        listen(0);
    }

    private void listen(int few) {
        gathering = new Gathering(Runnable::run, timer, few);
        feed = another(reader);
    }

    /** Another conversation, for which the same time passes. */
    private Feed another(NotedEvents who) {
        Feed begun = new Feed(gathering, Runnable::run);
        begun.join(transcript, Optional.empty(), who);
        return begun;
    }

    private void pass(int millis) {
        timer.advance(Duration.ofMillis(millis));
    }

    private FeedEvent.Grown grown(long seq, int block, String text) {
        return new FeedEvent.Grown(seq, "m" + seq, reply.append(block, Block.Kind.TEXT, text));
    }

    private void say(String text) {
        feed.publish(grown(2, 0, text));
    }

    private static FeedEvent.Titled title(String title) {
        return new FeedEvent.Titled(title);
    }

    @Test
    void whileFewListenEachPieceIsToldAtOnce() {
        listen(1);
        say("One ");
        say("two ");
        say("three");

        assertEquals(List.of("grown m2 0@0 One ", "grown m2 0@4 two ", "grown m2 0@8 three"), reader.told());
    }

    @Test
    void readersOfAConversationInWhichNothingHappensDelayNobodysText() {
        listen(1);
        for (int i = 0; i < 10; i++) {
            another(new NotedEvents());
        }
        say("One ");
        say("two");

        assertEquals(List.of("grown m2 0@0 One ", "grown m2 0@4 two"), reader.told());
    }

    @Test
    void conversationRestsWhenMoreThanAFewWereToldSomethingJustBeforeElsewhereToo() {
        listen(1);
        another(new NotedEvents()).publish(title("Letters"));
        pass(50);
        say("One ");
        say("two ");
        assertEquals(List.of("grown m2 0@0 One "), reader.told());

        pass(110);
        say("three");
        assertEquals(List.of("grown m2 0@0 One ", "grown m2 0@4 two ", "grown m2 0@8 three"), reader.told());
    }

    @Test
    void readersOfOneConversationCountEach() {
        listen(2);
        feed.join(transcript, Optional.empty(), new NotedEvents());
        say("One ");
        say("two ");
        assertEquals(2, reader.events().size());

        pass(200);
        feed.join(transcript, Optional.empty(), new NotedEvents());
        say("three ");
        say("four");
        assertEquals(3, reader.events().size());
    }

    @Test
    void whileManyListenPiecesThatComeDuringARestAreToldAsOne() {
        say("One ");
        pass(30);
        say("two ");
        pass(30);
        say("three");
        pass(39);
        assertEquals(List.of("grown m2 0@0 One "), reader.told());

        pass(7);
        assertEquals(List.of("grown m2 0@0 One ", "grown m2 0@4 two three"), reader.told());
        assertEquals(Optional.of(new Cursor(2, 0, 13)), reader.cursor());
    }

    @Test
    void whileManyListenTextIsToldAtMostTenTimesASecond() {
        List<Integer> toldBy = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            say("word ");
            pass(10);
            toldBy.add(reader.events().size());
        }
        for (int second = 100; second < 300; second++) {
            assertTrue(toldBy.get(second) - toldBy.get(second - 100) <= 10, () -> toldBy.toString());
        }
        assertTrue(reader.events().size() >= 27, () -> toldBy.toString());
    }

    @Test
    void firstPieceAfterASilenceIsToldAtOnce() {
        say("One ");
        pass(130);
        say("two");

        assertEquals(List.of("grown m2 0@0 One ", "grown m2 0@4 two"), reader.told());
    }

    @Test
    void timerStandsStillWhileNothingIsToldOrNobodyListens() {
        say("One ");
        pass(50);
        say("two");
        assertEquals(1, timer.waiting().size());

        pass(250);
        assertEquals(List.of(), timer.waiting());

        feed.leave(reader);
        say("three");
        assertEquals(List.of(), timer.waiting());
    }

    @Test
    void whatIsNoTextIsToldAtOnceBehindWhatWasGathered() {
        say("One ");
        say("two ");
        say("three");
        feed.publish(title("Counting"));

        assertEquals(List.of("grown m2 0@0 One ", "grown m2 0@4 two three", "titled Counting"), reader.told());
    }

    /** What comes in the middle of a rest begins no second one beside it. */
    @Test
    void whatIsNoTextDoesNotMakeTextComeMoreOften() {
        for (int i = 0; i < 20; i++) {
            say("word ");
            feed.publish(title("Title " + i));
        }
        int before = reader.events().size();
        for (int i = 0; i < 100; i++) {
            say("word ");
            pass(10);
        }
        assertTrue(reader.events().size() - before <= 10, reader.told().toString());
    }

    @Test
    void whoIsSentAwayIsToldWhatWasGathered() {
        say("One ");
        say("two");
        feed.end();

        assertEquals(List.of("grown m2 0@0 One ", "grown m2 0@4 two"), reader.told());
        assertTrue(reader.ended());
    }

    @Test
    void whoComesInTheMiddleOfARestIsToldEverythingOnceAndSoAreThoseWhoWereThere() {
        say("One ");
        say("two ");
        NotedEvents late = new NotedEvents();
        feed.join(transcript, Optional.empty(), late);
        NotedEvents back = new NotedEvents();
        feed.join(transcript, Optional.of(new Cursor(2, 0, 5)), back);
        say("three");
        pass(200);

        assertEquals(List.of("grown m2 0@0 One two ", "grown m2 0@8 three"), late.told());
        assertEquals(List.of("grown m2 0@5 wo ", "grown m2 0@8 three"), back.told());
        assertEquals(List.of("grown m2 0@0 One ", "grown m2 0@4 two ", "grown m2 0@8 three"), reader.told());
    }

    @Test
    void piecesOfAnotherBlockOrReplyAreToldByThemselves() {
        say("One ");
        say("two ");
        feed.publish(grown(3, 0, "three "));
        feed.publish(grown(3, 1, "four "));
        feed.publish(grown(3, 1, "five"));
        pass(200);

        assertEquals(
                List.of("grown m2 0@0 One ", "grown m2 0@4 two ", "grown m3 0@8 three ", "grown m3 1@0 four five"),
                reader.told());
    }

    /** Whoever comes back with any cursor that was told is given the rest, and nothing twice. */
    @Test
    void everyCursorThatWasToldStandsExactlyBehindTheTextThatWasTold() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            say("w".repeat(1 + random.nextInt(5)));
            pass(random.nextInt(40));
        }
        feed.end();
        String whole = reply.from(0, 0).get(0).text();
        int told = 0;
        for (FeedEvent event : reader.events()) {
            OpenReply.Part part = ((FeedEvent.Grown) event).part();
            Cursor cursor = event.cursor().orElseThrow();
            assertEquals(told, part.at());
            assertEquals(whole.substring(told, cursor.at()), part.text());
            told = cursor.at();
        }
        assertEquals(whole.length(), told);
        assertTrue(reader.events().size() < 1000, "a guard: pieces were gathered");
    }

    @Test
    void whenTheProgramEndsAndNoTimeIsLeftTextIsToldAtOnce() {
        timer.shutdown();
        say("One ");
        say("two");

        assertEquals(List.of("grown m2 0@0 One ", "grown m2 0@4 two"), reader.told());
    }
}
