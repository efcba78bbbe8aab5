package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.model.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a conversation rests, by a time that is moved by hand. */
class GatheringTest {
    private final ManualTimer timer = new ManualTimer();
    private final Transcript transcript = new Transcript();
    private final NotedEvents reader = new NotedEvents();
    private final List<String> done = new ArrayList<>();
    private Gathering gathering;
    private Feed feed;

    /** One is more than few. */
    @BeforeEach
    void manyListen() {
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

    private void tell(String title) {
        feed.publish(new FeedEvent.Titled(title));
    }

    @Test
    void whileFewListenNothingRests() {
        listen(1);
        for (int i = 0; i < 3; i++) {
            assertFalse(feed.rests());
            tell("Letters");
        }
        assertFalse(feed.rests());
    }

    @Test
    void readersOfAConversationInWhichNothingHappensMakeNobodyRest() {
        listen(1);
        for (int i = 0; i < 10; i++) {
            another(new NotedEvents());
        }
        tell("Letters");

        assertFalse(feed.rests());
    }

    @Test
    void conversationRestsWhenMoreThanAFewWereToldSomethingJustBeforeElsewhereToo() {
        listen(1);
        Feed other = another(new NotedEvents());
        other.publish(new FeedEvent.Titled("Other letters"));
        assertFalse(other.rests());
        pass(50);
        tell("Letters");
        assertTrue(feed.rests());

        pass(111);
        assertFalse(feed.rests());
        tell("Letters again");
        assertFalse(feed.rests(), "the other told nothing meanwhile");
    }

    @Test
    void readersOfOneConversationCountEach() {
        listen(2);
        feed.join(transcript, Optional.empty(), new NotedEvents());
        tell("Letters");
        assertFalse(feed.rests());

        pass(200);
        feed.join(transcript, Optional.empty(), new NotedEvents());
        tell("Letters");
        assertTrue(feed.rests());
    }

    @Test
    void aRestLastsATenthOfASecond() {
        tell("Letters");
        pass(99);
        assertTrue(feed.rests());

        pass(12);
        assertFalse(feed.rests());
    }

    /** What comes in the middle of a rest begins no second one beside it. */
    @Test
    void whatIsToldInTheMiddleOfARestDoesNotProlongIt() {
        tell("Letters");
        pass(60);
        tell("More letters");
        pass(51);
        assertFalse(feed.rests());

        tell("Letters");
        pass(99);
        assertTrue(feed.rests());
    }

    @Test
    void whatIsToBeDoneAfterTheRestIsDoneOnce() {
        tell("Letters");
        feed.afterRest(() -> done.add("released"));
        pass(99);
        assertEquals(List.of(), done);

        pass(12);
        assertEquals(List.of("released"), done);
        tell("Letters");
        pass(200);
        assertEquals(List.of("released"), done);
    }

    @Test
    void whatIsToldAfterTheRestBeginsTheNext() {
        tell("Letters");
        feed.afterRest(() -> tell("Letters after the rest"));
        pass(111);

        assertTrue(feed.rests());
        pass(111);
        assertFalse(feed.rests());
    }

    @Test
    void timerStandsStillWhileNothingIsToldOrNobodyListens() {
        tell("Letters");
        pass(50);
        tell("More letters");
        assertEquals(1, timer.waiting().size());

        pass(250);
        assertEquals(List.of(), timer.waiting());

        feed.leave(reader);
        tell("Letters for nobody");
        assertEquals(List.of(), timer.waiting());
    }

    @Test
    void whoIsSentAwayInTheMiddleOfARestLeavesNothingBehind() {
        tell("Letters");
        feed.end();
        assertTrue(reader.ended());

        pass(200);
        assertFalse(feed.rests());
        assertEquals(List.of(), timer.waiting());
    }

    @Test
    void whenTheProgramEndsAndNoTimeIsLeftNothingRests() {
        timer.shutdown();
        tell("Letters");

        assertFalse(feed.rests());
    }
}
