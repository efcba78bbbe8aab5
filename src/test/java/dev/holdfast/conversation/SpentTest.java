package dev.holdfast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpentTest {
    private static final Usage CALL = new Usage(1, 20, 300, 4_000);

    @Test
    void callsOfAModelAreAddedUpAndThoseOfAnotherAreKeptApart() {
        Spent spent = Spent.NOTHING.plus("b", CALL).plus("a", CALL).plus("b", CALL);

        assertEquals(Map.of("a", CALL, "b", CALL.plus(CALL)), spent.byModel());
        assertEquals(List.of("a", "b"), List.copyOf(spent.byModel().keySet()));
        assertEquals(
                spent,
                Spent.NOTHING.plus("b", CALL).plus(Spent.NOTHING.plus("b", CALL).plus("a", CALL)));
    }

    @Test
    void tokensOfEveryKindCount() {
        assertEquals(0, Spent.NOTHING.tokens());
        assertEquals(2 * 4_321, Spent.NOTHING.plus("a", CALL).plus("b", CALL).tokens());
    }

    @Test
    void aProviderThatReportsAnythingOverflowsNothing() {
        Usage absurd = new Usage(Long.MAX_VALUE, Long.MAX_VALUE, 0, 0);
        Spent spent = Spent.NOTHING.plus("a", absurd).plus("a", absurd).plus("b", absurd);

        assertEquals(1_000_000_000_000_000L, spent.tokens());
        assertEquals(1_000_000_000_000_000L, spent.byModel().get("a").input());
    }

    @Test
    void whatWasHandedInMayChangeAndWhatIsHandedOutMayNot() {
        Map<String, Usage> given = new HashMap<>(Map.of("a", CALL));
        Spent spent = new Spent(given);
        given.clear();

        assertEquals(4_321, spent.tokens());
        assertThrows(UnsupportedOperationException.class, () -> spent.byModel().clear());
    }
}
