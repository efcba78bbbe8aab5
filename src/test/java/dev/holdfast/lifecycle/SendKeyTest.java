package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Said;
import dev.holdfast.conversation.SendKeyConflict;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.store.KeptAs;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent again under the same key within 24 hours is the same message, wherever that lies by now. */
@ParameterizedClass
@EnumSource(KeptAs.class)
class SendKeyTest {
    private static final Duration JUST_A_DAY = Duration.ofHours(24).minusSeconds(1);

    /** A talk of which only a part is held in memory. */
    private static final int LONG = 60;

    @Parameter
    KeptAs kept;

    private House house;
    private ConversationId id;

    @BeforeEach
    void begin() {
        house = new House(kept);
        id = house.begin(OLGA, null);
    }

    private CompletableFuture<Said> trySaying(String text, String key) {
        CompletableFuture<Said> said = house.conversations.say(OLGA, id, text, Optional.of(key));
        house.settle();
        return said;
    }

    private Said say(String text, String key) {
        return trySaying(text, key).join();
    }

    private void talkOn() {
        for (int i = 0; i < LONG; i++) {
            house.clock.advance(Duration.ofSeconds(2));
            house.say(OLGA, id, "word " + i);
        }
    }

    private void restart() throws IOException {
        house = house.afterCrash();
        house.conversations.thread(OLGA, id, 50);
        assertTrue(begin(house) > 0, "the message is in the file only");
    }

    private long begin(House of) throws IOException {
        return of.store.open(id).orElseThrow().locked(Transcript::begin);
    }

    @Test
    void aKeyIsHonouredForADayToTheSecond() {
        Said said = say("Hello", "key");
        house.clock.advance(JUST_A_DAY);
        assertEquals(said, say("Hello", "key"));
        assertEquals(2, house.texts(OLGA, id).size());
        house.clock.advance(Duration.ofSeconds(2));
        assertNotEquals(said.message(), say("Hello", "key").message());
        assertEquals(4, house.texts(OLGA, id).size());
    }

    @Test
    void soIsOneFarBackAfterARestart() throws IOException {
        Said said = say("Hello", "key");
        talkOn();
        restart();
        house.clock.advance(JUST_A_DAY.minusSeconds(2 * LONG));
        assertEquals(said, say("Hello", "key"));
        assertEquals(2 + 2 * LONG, house.texts(OLGA, id).size());
        house.clock.advance(Duration.ofSeconds(2));
        assertNotEquals(said.message(), say("Hello", "key").message());
        assertEquals(4 + 2 * LONG, house.texts(OLGA, id).size());
    }

    @Test
    void soIsOneOfAMessageThatWaited() throws IOException {
        house.silent().say(OLGA, id, "Tell me");
        Said said = say("And then?", "key");
        assertTrue(said.queued());
        assertEquals(said, say("And then?", "key"));
        house.model.call().say("Once upon").complete();
        house.settle();
        house.model.call().say("The end").complete();
        house.settle();
        house.echoing();
        talkOn();
        restart();
        assertEquals(new Said(said.message(), said.turn(), false), say("And then?", "key"));
    }

    @Test
    void otherWordsUnderTheSameKeyAreRefused() throws IOException {
        say("Hello", "key");
        assertConflict();
        talkOn();
        assertConflict();
        restart();
        assertConflict();
        assertEquals(2 + 2 * LONG, house.texts(OLGA, id).size());
    }

    private void assertConflict() {
        CompletionException failed = assertThrows(CompletionException.class, () -> say("Something else", "key"));
        SendKeyConflict conflict = assertInstanceOf(SendKeyConflict.class, failed.getCause());
        assertEquals(
                "This send key has been used for another message. Send it again with a new one.",
                conflict.getMessage());
    }

    /** The older message is the last one that is looked at, for its reply took long. */
    @Test
    void ofTwoMessagesUnderOneKeyTheNewerCounts() throws IOException {
        house.silent();
        Said older = say("Hello", "key");
        house.clock.advance(Duration.ofMinutes(20));
        house.model.call().say("Hello").complete();
        house.settle();
        house.echoing();
        house.clock.advance(JUST_A_DAY.minusMinutes(20).plusSeconds(2));
        Said newer = say("Hello", "key");
        assertNotEquals(older.message(), newer.message());
        talkOn();
        restart();
        house.clock.advance(Duration.ofMinutes(5));
        assertEquals(newer, say("Hello", "key"));
    }
}
