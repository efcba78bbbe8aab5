package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Overlay;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
    private final Placeholders placeholders = new Placeholders();

    private static Message reply(Block... content) {
        Entry.ReplyStarted start = new Entry.ReplyStarted("m2", "m1", "scripted", Instant.EPOCH);
        return Message.reply(start, List.of(content), Instant.EPOCH, Usage.NONE, Stop.COMPLETE, null);
    }

    private static Entry.Checkpoint checkpoint(Map<String, Integer> placeholders) {
        return new Entry.Checkpoint(
                "m2",
                Optional.empty(),
                "",
                1,
                Usage.NONE,
                Spent.NOTHING,
                2,
                Overlay.NONE,
                placeholders,
                Map.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    @Test
    void oneSecretHasOnePlaceholderAndTheNextOfItsKindTheNextNumber() {
        assertEquals("<EMAIL_0>", placeholders.of("EMAIL", "a"));
        assertEquals("<EMAIL_1>", placeholders.of("EMAIL", "b"));
        assertEquals("<PHONE_0>", placeholders.of("PHONE", "c"));
        assertEquals("<EMAIL_0>", placeholders.of("EMAIL", "a"));
        assertEquals(Map.of("EMAIL", 2, "PHONE", 1), placeholders.next());
        assertEquals("<EMAIL_2>", Placeholders.from(placeholders.next()).of("EMAIL", "a"), "it knows no secret");
    }

    @Test
    void numbersGoOnBehindThoseInEveryEntryThatHasAText() {
        placeholders.note(Message.user("m1", Optional.empty(), "<EMAIL_4>", Instant.EPOCH, Optional.empty()));
        placeholders.note(reply(
                new Block.Text("<PHONE_1>"),
                new Block.Thinking("<IBAN_2>", ""),
                new Block.Other(JsonParser.parseString("{\"input\":[{\"to\":\"<CARD_3>\"},7,null]}")
                        .getAsJsonObject())));
        placeholders.note(new Entry.Queued("m3", "<JWT_5>", Instant.EPOCH, Optional.empty()));
        placeholders.note(new Entry.Title("<SECRET_6>", Instant.EPOCH));
        placeholders.note(checkpoint(Map.of("EMAIL", 3, "PASSWORD", 8)));
        placeholders.note(new Entry.Head(Optional.of("<NONE_1>"), Instant.EPOCH));
        assertEquals(
                Map.of("EMAIL", 5, "PHONE", 2, "IBAN", 3, "CARD", 4, "JWT", 6, "SECRET", 7, "PASSWORD", 8),
                placeholders.next());
    }

    @Test
    void whatIsNoPlaceholderCountsNothing() {
        placeholders.note("<EMAIL> <EMAIL_x> EMAIL_1 <email_1> <EMAIL_1234567890>");
        assertEquals(Map.of(), placeholders.next());
        placeholders.note("<EMAIL_999999999> and <EMAIL_3>");
        assertEquals(Map.of("EMAIL", 1_000_000_000), placeholders.next());
    }

    @Test
    void textsAreTheSameIfOnlyTheNumbersDiffer() {
        assertTrue(Placeholders.sameButNumbers("to <EMAIL_1> and <EMAIL_2>", "to <EMAIL_3> and <EMAIL_0>"));
        assertFalse(Placeholders.sameButNumbers("to <EMAIL_1>", "to <PHONE_1>"));
        assertFalse(Placeholders.sameButNumbers("to <EMAIL_1>", "by <EMAIL_1>"));
    }
}
