package dev.holdfast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The small values: what they refuse, and the names that files know them by. */
class WordsTest {
    @Test
    void persistedNamesStayWhatTheyAre() {
        assertEquals(
                List.of("user", "assistant", "system", "tool"),
                List.of(Role.values()).stream().map(Role::wire).toList());
        assertEquals(
                List.of("complete", "length", "stopped", "interrupted", "failed"),
                List.of(Stop.values()).stream().map(Stop::wire).toList());
        for (Role role : Role.values()) {
            assertEquals(Optional.of(role), Role.parse(role.wire()));
        }
        for (Stop stop : Stop.values()) {
            assertEquals(Optional.of(stop), Stop.parse(stop.wire()));
        }
        assertEquals(Optional.empty(), Role.parse("USER"));
        assertEquals(Optional.empty(), Stop.parse(""));
    }

    @Test
    void anOwnerHasAName() {
        assertEquals("cli", Owner.OPERATOR.toString());
        assertThrows(IllegalArgumentException.class, () -> new Owner(""));
    }

    @Test
    void tokensAreNotNegativeAndAddUp() {
        assertThrows(IllegalArgumentException.class, () -> new Usage(-1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Usage(0, 0, 0, -1));
        Usage sum = new Usage(1, 2, 3, 4).plus(new Usage(10, 20, 30, 40));
        assertEquals(new Usage(11, 22, 33, 44), sum);
        assertEquals(88, sum.sent());
    }

    @Test
    void aDeltaBeginsNowhereBeforeItsBlock() {
        assertThrows(IllegalArgumentException.class, () -> new Entry.Delta("m2", -1, Block.Kind.TEXT, 0, "x"));
        assertThrows(IllegalArgumentException.class, () -> new Entry.Delta("m2", 0, Block.Kind.TEXT, -1, "x"));
    }

    @Test
    void aMessagesTextIsItsTextBlocksAndNoThinking() {
        Entry.ReplyStarted start = new Entry.ReplyStarted("m2", "m1", "scripted", Instant.EPOCH);
        List<Block> content = new ArrayList<>(List.of(
                new Block.Thinking("Hm.", ""),
                new Block.Text("One."),
                new Block.Other(new JsonObject()),
                new Block.Text("Two.")));
        Message message = Message.reply(start, content, Instant.EPOCH, Usage.NONE, Stop.COMPLETE, null);
        content.clear();
        assertEquals("One.\n\nTwo.", message.text());
        assertEquals(Optional.of("m1"), message.parent());
    }

    @Test
    void whatIsKeptAsItIsIsACopy() {
        JsonObject json = new JsonObject();
        Entry.Unknown unknown = new Entry.Unknown(json);
        Block.Other other = new Block.Other(json);
        json.addProperty("later", true);
        assertEquals(new JsonObject(), unknown.json());
        assertEquals(new JsonObject(), other.json());
    }
}
