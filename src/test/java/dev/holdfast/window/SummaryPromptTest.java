package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Message;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryPromptTest {
    private static Message person(String text) {
        return Message.user("m1", Optional.empty(), text, Instant.EPOCH, Optional.empty());
    }

    @Test
    void theConversationIsQuotedBehindTheEarlierSummary() {
        assertEquals(
                "Earlier summary:\nOlga lives in Graz.\n\nConversation:\n\nUser: Where do I live?\n",
                SummaryPrompt.quotation(
                        Optional.of("Olga lives in Graz."), List.of(person("Where do I live?"), person(" "))));
    }

    @Test
    void theLengthIsNamedInWords() {
        assertTrue(SummaryPrompt.instructions(600).contains("at most 400 words"), SummaryPrompt.instructions(600));
        assertTrue(SummaryPrompt.instructions(3).contains("at most 40 words"), SummaryPrompt.instructions(3));
    }
}
