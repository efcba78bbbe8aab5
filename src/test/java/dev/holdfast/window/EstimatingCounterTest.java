package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimatingCounterTest {
    private final TokenCounter counter = new EstimatingCounter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                    | 4
        a                     | 5
        abcd efgh             | 7
        1234                  | 7
        ABCD                  | 6
        für                   | 6
        日本語                 | 8
        🌊                    | 7
        """)
    void textCostsItsCharactersAndTheMessage(String text, int tokens) {
        assertEquals(tokens, counter.count(text(text)));
    }

    @Test
    void imageCostsTheSameHoweverLargeItsBytes() {
        JsonObject image = new JsonObject();
        image.addProperty("type", "image");
        image.addProperty("source", "AAAA".repeat(100_000));
        assertEquals(1_604, counter.count(message(new Block.Other(image))));
    }

    @Test
    void argumentsOfAToolCallAreCounted() {
        JsonObject call = new JsonObject();
        call.addProperty("type", "tool_use");
        int without = counter.count(message(new Block.Other(call)));
        call.addProperty("input", "x".repeat(400));
        assertTrue(counter.count(message(new Block.Other(call))) >= without + 100);
    }

    @Test
    void blockWithAStrangeTypeIsCountedAsText() {
        JsonObject strange = new JsonObject();
        strange.add("type", new JsonObject());
        assertTrue(counter.count(message(new Block.Other(strange))) > 4);
    }

    @Test
    void thinkingAndItsSealAreCounted() {
        assertEquals(4 + 10, counter.count(message(new Block.Thinking("a".repeat(20), "b".repeat(20)))));
    }

    private static Message text(String text) {
        return message(new Block.Text(text));
    }

    private static Message message(Block... blocks) {
        return new Paths().add(Role.USER, Stop.COMPLETE, blocks).all().get(0);
    }
}
