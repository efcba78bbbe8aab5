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
        日本語                 | 9
        ひらがな               | 9
        🌊                    | 7
        """)
    void textCostsItsCharactersAndTheMessage(String text, int tokens) {
        assertEquals(tokens, counter.count(text(text)));
    }

    /** Four of the same character cost its weight and the message; the ranges at both of their ends. */
    @ParameterizedTest
    @CsvSource({
        "0, 2",
        "20, 1",
        "21, 2",
        "2f, 2",
        "30, 3",
        "39, 3",
        "3a, 2",
        "40, 2",
        "5a, 2",
        "60, 2",
        "61, 1",
        "7a, 1",
        "7b, 2",
        "7f, 2",
        "80, 3",
        "bf, 3",
        "c0, 6",
        "24f, 6",
        "250, 3",
        "36f, 3",
        "370, 5",
        "3ff, 5",
        "400, 3",
        "52f, 3",
        "530, 5",
        "1fff, 5",
        "2000, 3",
        "206f, 3",
        "2070, 5",
        "33ff, 5",
        "3400, 6",
        "9fff, 6",
        "a000, 5",
        "abff, 5",
        "ac00, 6",
        "d7af, 6",
        "d7b0, 5",
        "d7ff, 5",
        "e000, 5",
        "ffff, 5",
        "10000, 12",
        "1f30a, 12"
    })
    void characterCostsTheWeightOfItsRange(String codePoint, int weight) {
        String character = Character.toString(Integer.parseInt(codePoint, 16));
        assertEquals(4 + weight, counter.count(text(character.repeat(4))));
    }

    /** Of Base64 there is more in a line than in a word; what is between two such runs belongs to none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        aaaaaaaaaaaaaaaaaaaaaaaa                           | 6
        aaaaaaaaaaaaaaaaaaaaaaaaa                          | 19
        AAAAAAAAAAAAAAAAAAAAAAAAAAAA                       | 21
        1234567890123456789012345678                       | 21
        aB0+/-_=aB0+/-_=aB0+/-_=aB0+                       | 21
        aaaaaaaaaaaaaa.aaaaaaaaaaaaa                       | 8
        aaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbb                  | 23
        bbb aaaaaaaaaaaaaaaaaaaaaaaaaaaa                   | 22
        äaaaaaaaaaaaaaaaaaaaaaaaa                          | 8
        """)
    void longRunOfBase64CostsMoreThanWords(String text, int tokens) {
        assertEquals(4 + tokens, counter.count(text(text)));
    }

    @Test
    void blockOfAnotherTypeThanAnImageIsCountedByItsText() {
        JsonObject block = new JsonObject();
        block.addProperty("type", "images");
        assertTrue(counter.count(message(new Block.Other(block))) < 20);
        assertTrue(counter.count(message(new Block.Other(new JsonObject()))) < 20);
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
