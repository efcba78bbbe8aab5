package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every counter and every message, tried with messages by chance. */
class CounterPropertyTest {
    private static final TokenCounters COUNTERS = new TokenCounters();
    private static final int MESSAGES = 300;
    private static final String[] PARTS = {
        "walrus",
        " ",
        "\n",
        "\t\t",
        "\0",
        "<|endoftext|>",
        "<|im_start|>",
        "'s",
        "’",
        "É",
        "ß",
        "日本",
        "한",
        "ا",
        "ि",
        "🌊",
        "👩‍👩‍👧",
        "\ud83d",
        "\udc00",
        "\uffff",
        "1234567",
        "AAAA",
        "{\"a\":",
        "data:;base64,",
        "=="
    };

    @ParameterizedTest
    @ValueSource(strings = {"an estimate", "gpt-4", "gpt-4o"})
    void anyMessageCostsOneAtLeastAndTheSumOfItsBlocks(String model) {
        TokenCounter counter = COUNTERS.forModel(model);
        int empty = counter.count(message());
        for (long seed = 0; seed < MESSAGES; seed++) {
            Random random = new Random(seed);
            Block[] blocks = random.ints(random.nextInt(4), 0, 5)
                    .mapToObj(kind -> block(kind, random))
                    .toArray(Block[]::new);
            int sum = empty;
            for (Block block : blocks) {
                sum += counter.count(message(block)) - empty;
            }
            int whole = counter.count(message(blocks));
            assertTrue(whole >= 1, "seed " + seed + ": " + whole);
            assertEquals(sum, whole, "seed " + seed);
            assertEquals(whole, counter.count(message(blocks)), "again, seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"an estimate", "gpt-4", "gpt-4o"})
    void anyUtf16IsCounted(String model) {
        TokenCounter counter = COUNTERS.forModel(model);
        int empty = counter.count(message());
        for (long seed = 0; seed < MESSAGES; seed++) {
            char[] text = new char[1 + new Random(seed).nextInt(60)];
            Random random = new Random(seed);
            for (int i = 0; i < text.length; i++) {
                text[i] = (char) random.nextInt(0x10000);
            }
            int count = counter.count(message(new Block.Text(new String(text))));
            assertTrue(count > empty, "seed " + seed + ": " + count);
            assertTrue(count <= empty + 4 * text.length, "more than its bytes, seed " + seed + ": " + count);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"an estimate", "gpt-4", "gpt-4o"})
    void longRunWithoutWordsIsCounted(String model) {
        TokenCounter counter = COUNTERS.forModel(model);
        int length = 5_000;
        int longestToken = 128;
        for (String part : PARTS) {
            Block run = new Block.Text(part.repeat(length / part.length()));
            assertTrue(counter.count(message(run)) > length / longestToken, part);
        }
    }

    private static Block block(int kind, Random random) {
        JsonObject json = new JsonObject();
        switch (kind) {
            case 0:
                return new Block.Text(text(random));
            case 1:
                return new Block.Thinking(text(random), text(random));
            case 2:
                json.addProperty("type", "tool_use");
                json.addProperty("name", text(random));
                json.addProperty("input", text(random));
                return new Block.Other(json);
            case 3:
                json.addProperty("type", "tool_result");
                json.addProperty("content", text(random));
                return new Block.Other(json);
            default:
                json.addProperty(text(random), text(random));
                return new Block.Other(json);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(12), 0, PARTS.length).forEach(i -> text.append(PARTS[i]));
        return text.toString();
    }

    private static Message message(Block... blocks) {
        return new Paths().add(Role.USER, Stop.COMPLETE, blocks).all().get(0);
    }
}
