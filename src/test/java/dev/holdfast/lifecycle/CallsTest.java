package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static dev.holdfast.lifecycle.House.PAUL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.holdfast.agent.ScriptedModel;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What conversations used, and whom it is told. */
class CallsTest {
    private static final String WORDS = " and some more words that were said here, and then some".repeat(8);
    /** (12 × 3 + 9 × 15 + 3 × 0.30 + 1 × 3.75) / 1,000,000. */
    private static final BigDecimal A_CALL = new BigDecimal("0.00017565");

    private final House house = new House();
    private final Calls calls = house.conversations.calls();

    private static void assertAmount(BigDecimal expected, Optional<Amount> amount) {
        assertEquals(0, expected.compareTo(amount.orElseThrow().number()), amount.toString());
        assertEquals("USD", amount.get().currency());
    }

    @Test
    void conversationCostsWhatItsCallsCostAndTheTurnWhatItsOwnDid() {
        ConversationId id = house.begin(OLGA, "Hello");
        house.say(OLGA, id, "Hello again");

        ConversationUsage usage = calls.usage(OLGA, id);

        assertEquals(new Usage(24, 18, 6, 2), usage.all().usage());
        assertAmount(A_CALL.add(A_CALL), usage.all().cost());
        assertEquals(List.of(), usage.all().unpriced());
        assertEquals(ScriptedModel.USAGE, usage.turn().usage());
        assertAmount(A_CALL, usage.turn().cost());
        assertEquals("$0.0001757", usage.turn().cost().orElseThrow().shown());
        assertEquals(LocalDate.parse("2026-11-01"), usage.pricesOf());
        assertEquals(
                List.of("m2", "m4"),
                usage.calls().stream().map(each -> each.call().id()).toList());
        assertEquals(2, usage.turns().size());
    }

    @Test
    void whatWasAnsweredTwiceIsOneTurn() {
        ConversationId id = house.begin(OLGA, "Hello");
        house.conversations.branches().regenerate(OLGA, id, Optional.empty());
        house.settle();

        ConversationUsage usage = calls.usage(OLGA, id);

        assertEquals(1, usage.turns().size());
        assertEquals(2, usage.calls().size());
        assertEquals(usage.all().usage(), usage.turn().usage());
    }

    @Test
    void priceThatIsNotKnownIsNoneAndTheModelIsNamed() throws IOException {
        ConversationId id = house.begin(OLGA, "Hello");
        house.store
                .open(id)
                .orElseThrow()
                .append(new Entry.Summary(
                        "m90", "m1", "m2", "short", Optional.of("small"), new Usage(5, 1, 0, 0), house.clock.instant()))
                .join();

        ConversationUsage usage = calls.usage(OLGA, id);

        assertEquals(List.of("small"), usage.all().unpriced());
        assertAmount(A_CALL, usage.all().cost());
        assertEquals(17, usage.all().usage().input());
        assertEquals(Optional.empty(), usage.calls().get(1).cost());
        assertEquals(Optional.empty(), calls.cost("small", new Usage(5, 1, 0, 0)));
        assertEquals(Optional.empty(), calls.cost(ScriptedModel.NAME, Usage.NONE));
    }

    @Test
    void cutsAreMarkedAndResendingEverythingWouldHaveBeenMore() {
        ConversationId id = house.begin(OLGA, null);
        for (int turn = 0; turn < 60; turn++) {
            house.clock.advance(Duration.ofSeconds(5));
            house.say(OLGA, id, "Turn " + turn + WORDS);
        }

        List<ConversationUsage.Turn> turns = calls.usage(OLGA, id).turns();

        assertEquals(60, turns.size());
        long cuts = turns.stream().filter(ConversationUsage.Turn::cut).count();
        assertTrue(cuts > 2 && cuts < 30, () -> cuts + " cuts");
        assertEquals(turns.get(0).sent(), turns.get(0).whole());
        ConversationUsage.Turn last = turns.get(59);
        assertTrue(last.whole() > 2 * last.sent(), last.toString());
    }

    @Test
    void conversationInWhichNobodyWasAskedHasUsedNothing() {
        ConversationId id = house.begin(OLGA, null);

        ConversationUsage usage = calls.usage(OLGA, id);

        assertEquals(new Charge(Usage.NONE, Optional.empty(), List.of()), usage.all());
        assertEquals(usage.all(), usage.turn());
        assertEquals(List.of(), usage.calls());
    }

    @Test
    void nothingIsToldToStrangers() {
        ConversationId id = house.begin(OLGA, "Hello");
        assertTrue(calls.sent(OLGA, id, "m2").orElseThrow().same());

        assertThrows(NoSuchConversationException.class, () -> calls.usage(PAUL, id));
        assertThrows(NoSuchConversationException.class, () -> calls.newest(PAUL, id, 1));
        assertThrows(NoSuchConversationException.class, () -> calls.sent(PAUL, id, "m2"));
    }

    @Test
    void callForProgramsSaysEverythingButWords() {
        ConversationId id = house.begin(OLGA, "My name is Olga");

        JsonObject json = calls.newest(OLGA, id, 10).get(0).json();

        assertEquals("m2", json.get("id").getAsString());
        assertEquals("reply", json.get("kind").getAsString());
        assertEquals("m1", json.get("parent").getAsString());
        assertEquals("scripted", json.get("model").getAsString());
        assertEquals("complete", json.get("stop").getAsString());
        assertEquals(0, A_CALL.compareTo(json.get("cost").getAsBigDecimal()));
        assertEquals("USD", json.get("currency").getAsString());
        assertEquals(3, json.getAsJsonObject("usage").get("cacheRead").getAsInt());
        JsonObject sent = json.getAsJsonObject("sent");
        assertEquals("m1", sent.get("from").getAsString());
        assertEquals("m1", sent.get("to").getAsString());
        assertEquals(64, sent.get("sha256").getAsString().length());
        assertTrue(
                json.has("ms") && json.has("firstWordMs") && json.has("tokens") && json.has("whole"), json.toString());
        assertTrue(!json.toString().contains("Olga"), json.toString());
    }
}
