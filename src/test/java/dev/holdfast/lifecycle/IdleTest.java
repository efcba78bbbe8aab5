package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.NotedEvents;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.IdleState;
import dev.holdfast.store.StoredConversation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Idle conversations: warned, paused, gone on with; by clocks that are moved by hand. */
class IdleTest {
    private static final Duration ALMOST_WARNED = Duration.ofMinutes(25).minusSeconds(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMinutes(30);

    private final House house = new House();
    private final ConversationId id = house.begin(OLGA, "Hello");

    private IdleState state(House at) {
        return at.conversations.thread(OLGA, id, 1).idle().state();
    }

    private IdleState state() {
        return state(house);
    }

    /** Pauses it and lets go of it: one look to say so, one to let go. */
    private void pause() {
        house.pass(PAUSE);
        house.pass(SECOND);
    }

    @Test
    void itIsWarnedAtTwentyFiveMinutesAndNotBefore() {
        NotedEvents reader = house.watch(OLGA, id, Cursor.after(99));
        reader.clear();
        house.pass(ALMOST_WARNED);
        assertEquals(IdleState.ACTIVE, state());
        assertEquals(List.of(), reader.told());
        house.pass(SECOND);
        assertEquals(IdleState.WARNED, state());
        assertEquals(List.of("idle WARNED 300"), reader.told());
        house.pass(SECOND);
        assertEquals(1, reader.told().size(), "a warning is said once");
        assertEquals(
                Duration.ofMinutes(5).minus(SECOND),
                house.conversations.thread(OLGA, id, 1).idle().left());
    }

    @Test
    void whoComesWhileItIsWarnedIsTold() {
        house.pass(Duration.ofMinutes(27));
        assertEquals(
                List.of(new FeedEvent.Idle(IdleState.WARNED, Duration.ofMinutes(3))),
                house.watch(OLGA, id, Cursor.after(4)).events());
    }

    @Test
    void itIsPausedAtThirtyMinutesAndNotBefore() {
        NotedEvents reader = house.watch(OLGA, id, null);
        house.pass(PAUSE.minus(SECOND));
        assertEquals(List.of("user", "reply", "trace", "assistant"), house.lines(id));
        house.pass(SECOND);
        assertEquals(List.of("user", "reply", "trace", "assistant", "paused"), house.lines(id));
        assertFalse(reader.ended());
        house.pass(SECOND);
        assertTrue(reader.ended());
        assertEquals("idle PAUSED 0", reader.told().get(reader.told().size() - 1));
    }

    @Test
    void pausingSaysSoOnceAndLetsGoOfTheMemory() throws IOException {
        StoredConversation before = house.store.open(id).orElseThrow();
        for (int i = 0; i < 10; i++) {
            house.pass(PAUSE);
        }
        assertEquals(List.of("user", "reply", "trace", "assistant", "paused"), house.lines(id));
        assertNotSame(before, house.store.open(id).orElseThrow());
    }

    @Test
    void aConversationThatIsEmptyIsLetGoOfWithoutALine() throws IOException {
        ConversationId empty = house.begin(OLGA, null);
        house.conversations.thread(OLGA, empty, 1);
        StoredConversation before = house.store.open(empty).orElseThrow();
        pause();
        assertEquals(List.of(), house.lines(empty));
        assertNotSame(before, house.store.open(empty).orElseThrow());
    }

    @Test
    void nothingOfAPausedConversationIsLost() {
        pause();
        assertEquals(IdleState.PAUSED, state());
        assertEquals(List.of("Hello", "Echo of Hello"), house.texts(OLGA, id));
        assertEquals(
                ListedConversation.State.PAUSED,
                house.conversations.list(OLGA, Optional.empty(), 1000).get(0).state());
        house.say(OLGA, id, "I am back");
        assertEquals(4, house.texts(OLGA, id).size());
        assertEquals(IdleState.ACTIVE, state());
    }

    @Test
    void comingBackIsWrittenDownOnce() {
        pause();
        house.conversations.resume(OLGA, id, false).join();
        house.conversations.resume(OLGA, id, false).join();
        assertEquals(List.of("user", "reply", "trace", "assistant", "paused", "resumed"), house.lines(id));
        assertEquals(IdleState.ACTIVE, state());
        pause();
        assertEquals("paused", house.lines(id).get(6));
    }

    @Test
    void comingBackToWhatIsNotPausedWritesNothing() {
        house.conversations.resume(OLGA, id, false).join();
        assertEquals(4, house.lines(id).size());
    }

    static Stream<Named<Consumer<House>>> activities() {
        return Stream.of(
                Named.of("stay", house -> house.conversations.extend(OLGA, only(house))),
                Named.of("send", house -> house.say(OLGA, only(house), "More")),
                Named.of("stop", house -> house.conversations.stop(OLGA, only(house))),
                Named.of(
                        "resume",
                        house -> house.conversations
                                .resume(OLGA, only(house), false)
                                .join()),
                Named.of(
                        "rename",
                        house -> house.conversations
                                .rename(OLGA, only(house), "Named")
                                .join()));
    }

    static Stream<Named<Consumer<House>>> noActivities() {
        return Stream.of(
                Named.of("look", house -> house.conversations.thread(OLGA, only(house), 10)),
                Named.of("look back", house -> house.conversations.before(OLGA, only(house), "m2", 10)),
                Named.of("look at one", house -> house.conversations.message(OLGA, only(house), "m1")),
                Named.of("list", house -> house.conversations.list(OLGA, Optional.empty(), 1000)),
                Named.of("watch", house -> house.watch(OLGA, only(house), null)));
    }

    private static ConversationId only(House house) {
        return house.store.list(OLGA, List.of(), Optional.empty(), 1000).get(0).id();
    }

    @ParameterizedTest
    @MethodSource("activities")
    void whatAPersonDoesIsActivity(Consumer<House> activity) {
        NotedEvents reader = house.watch(OLGA, id, null);
        house.pass(Duration.ofMinutes(29));
        assertEquals(IdleState.WARNED, state());
        reader.clear();
        activity.accept(house);
        assertTrue(reader.told().contains("idle ACTIVE 1800"), reader.told().toString());
        house.pass(Duration.ofMinutes(24));
        assertEquals(IdleState.ACTIVE, state());
        house.pass(Duration.ofMinutes(2));
        assertEquals(IdleState.WARNED, state());
    }

    @ParameterizedTest
    @MethodSource("noActivities")
    void lookingIsNoActivity(Consumer<House> look) {
        house.pass(Duration.ofMinutes(29));
        look.accept(house);
        assertEquals(IdleState.WARNED, state());
        house.pass(Duration.ofMinutes(1));
        assertEquals("paused", house.lines(id).get(4));
    }

    @Test
    void aRunningReplyIsActivity() {
        house.silent().say(OLGA, id, "Tell me a long story");
        for (int i = 0; i < 100; i++) {
            house.pass(Duration.ofMinutes(1));
        }
        assertEquals(IdleState.ACTIVE, state());
        house.model.call().say("The end").complete();
        house.settle();
        house.pass(ALMOST_WARNED);
        assertEquals(IdleState.ACTIVE, state());
        house.pass(Duration.ofMinutes(6));
        assertEquals(IdleState.PAUSED, state());
    }

    @ParameterizedTest
    @ValueSource(longs = {-72, -1, 1, 72})
    void settingTheMachinesClockChangesNothingWhileItIsOpen(long hours) {
        house.pass(ALMOST_WARNED);
        house.clock.jump(Duration.ofHours(hours));
        house.pass(Duration.ZERO);
        assertEquals(IdleState.ACTIVE, state());
        house.pass(SECOND);
        assertEquals(IdleState.WARNED, state());
        house.pass(Duration.ofMinutes(5));
        assertEquals("paused", house.lines(id).get(4));
        house.pass(SECOND);
    }

    @Test
    void afterARestartTheFilesTimesTellHowLongItWasIdle() {
        house.clock.advance(Duration.ofMinutes(26));
        House again = house.afterCrash();
        assertEquals(IdleState.WARNED, state(again));
        assertEquals(
                Duration.ofMinutes(4),
                again.conversations.thread(OLGA, id, 1).idle().left());
        house.clock.advance(Duration.ofHours(23));
        House later = house.afterCrash();
        assertEquals(IdleState.PAUSED, state(later));
        house.clock.advance(Duration.ofHours(1));
        assertEquals(IdleState.EXPIRED, state(house.afterCrash()));
    }

    @Test
    void aClockThatWentBackwardsOverARestartMakesItActive() {
        house.clock.jump(Duration.ofDays(-3));
        assertEquals(IdleState.ACTIVE, state(house.afterCrash()));
    }

    @Test
    void anExpiredConversationIsReadableAndGoesOn() {
        house.clock.advance(Duration.ofDays(30));
        House again = house.afterCrash();
        assertEquals(IdleState.EXPIRED, state(again));
        again.conversations.tick();
        again.conversations.tick();
        assertEquals(List.of("Hello", "Echo of Hello"), again.texts(OLGA, id));
        again.say(OLGA, id, "Still there?");
        assertEquals(IdleState.ACTIVE, state(again));
        assertEquals("Echo of Still there?", again.texts(OLGA, id).get(3));
    }

    @Test
    void thePauseOfADiskThatFailsIsTriedAgain() {
        house.disk.failOnceAt(1, "write");
        house.pass(PAUSE);
        assertEquals(4, house.lines(id).size());
        house.pass(SECOND);
        assertEquals("paused", house.lines(id).get(4));
    }

    @Test
    void afterAForceThatFailedItIsLetGoOfAllTheSame() throws IOException {
        StoredConversation before = house.store.open(id).orElseThrow();
        house.disk.failOnceAt(1, "force");
        pause();
        assertNotSame(before, house.store.open(id).orElseThrow());
        house.say(OLGA, id, "Back");
        assertEquals("Echo of Back", house.texts(OLGA, id).get(3));
    }

    @Test
    void whoeverWatchesAPausedConversationIsToldSo() {
        pause();
        NotedEvents reader = house.watch(OLGA, id, null);
        assertTrue(reader.told().contains("idle PAUSED 0"), reader.told().toString());
        assertEquals(Optional.empty(), house.conversations.thread(OLGA, id, 1).reply());
    }

    @Test
    void whoWantsNoMoreOfItGoesOnWithTheLastExchangesAndKeepsAll() {
        House house = new House();
        ConversationId id = house.begin(OLGA, "word 1");
        for (int i = 2; i <= 8; i++) {
            house.say(OLGA, id, "word " + i);
        }
        house.pass(Duration.ofHours(1));

        house.conversations.resume(OLGA, id, true).join();
        house.say(OLGA, id, "word 9");

        assertEquals(
                List.of("word 4", "word 5", "word 6", "word 7", "word 8", "word 9"),
                own(house.model.call().asked()));
        assertEquals(18, house.texts(OLGA, id).size());
        House after = house.afterCrash();
        after.say(OLGA, id, "word 10");
        assertEquals("word 4", after.model.call().asked().get(0), "also in another process");
        assertEquals(20, after.texts(OLGA, id).size());
    }

    private static List<String> own(List<String> asked) {
        return asked.stream().filter(text -> text.startsWith("word")).toList();
    }

    @Test
    void whoWantsLessOfWhatIsShortGoesOnWithAllOfIt() {
        House house = new House();
        ConversationId id = house.begin(OLGA, "word 1");
        house.say(OLGA, id, "word 2");
        house.pass(Duration.ofHours(1));
        house.conversations.resume(OLGA, id, true).join();
        house.say(OLGA, id, "word 3");
        assertEquals(
                List.of("word 1", "word 2", "word 3"), own(house.model.call().asked()));
        assertFalse(house.lines(id).contains("window"));
    }
}
