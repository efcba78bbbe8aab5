package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.holdfast.journal.JournalLine;
import org.junit.jupiter.api.Test;

class ClosedRepliesTest {
    private final ClosedReplies closed = new ClosedReplies();

    private static JournalLine line(long seq, String json) {
        return new JournalLine(seq, JsonParser.parseString(json).getAsJsonObject(), true);
    }

    private static JournalLine delta(long seq, String id) {
        return line(seq, "{\"_type\":\"delta\",\"id\":" + id + "}");
    }

    private static JournalLine message(long seq, String id) {
        return line(seq, "{\"role\":\"assistant\",\"id\":" + id + "}");
    }

    @Test
    void onlyTheDeltasOfRepliesThatStandThereAsAWholeAreSuperfluous() {
        closed.line(delta(1, "\"m1\""));
        closed.line(delta(2, "\"m2\""));
        assertFalse(closed.any());
        closed.line(message(3, "\"m3\""));
        assertFalse(closed.any(), "no piece of it stands here");
        closed.line(message(4, "\"m1\""));
        assertTrue(closed.any());
        closed.line(line(5, "{\"_type\":\"title\",\"id\":\"m2\"}"));
        assertTrue(closed.test(delta(1, "\"m1\"")));
        assertFalse(closed.test(delta(2, "\"m2\"")));
    }

    @Test
    void aDeltaThatWasNotShownIsNotSuperfluous() {
        closed.line(delta(1, "\"m1\""));
        closed.line(message(2, "\"m1\""));
        assertTrue(closed.test(delta(2, "\"m1\"")));
        assertFalse(closed.test(delta(3, "\"m1\"")));
    }

    @Test
    void whatNamesNoReplyIsOfOneThatNobodyNames() {
        closed.line(delta(1, "{}"));
        closed.line(line(2, "{\"_type\":\"delta\"}"));
        assertFalse(closed.test(delta(1, "{}")));
        closed.line(line(3, "{\"role\":\"assistant\"}"));
        assertTrue(closed.any());
        assertTrue(closed.test(delta(1, "{}")));
    }
}
