package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCountersTest {
    private static final String HINDI = "गाँव के किनारे एक पुराना कुआँ था";

    /** One for all tests: encodings take a while to load. */
    private static final TokenCounters COUNTERS = new TokenCounters();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o",
                "gpt-4o-mini-2024-07-18",
                "GPT-4o",
                "chatgpt-4o-latest",
                "gpt-4.1",
                "gpt-4.1-nano",
                "gpt-4.5-preview",
                "gpt-5",
                "gpt-5-mini",
                "gpt-5.1-codex",
                "o1",
                "o1-preview",
                "o3-mini",
                "o4-mini",
                "openai/gpt-4o",
                "ft:gpt-4o-mini:org::id"
            })
    void newerModelsOfOpenAiCountWithO200k(String model) {
        assertSame(COUNTERS.forModel("gpt-4o"), COUNTERS.forModel(model));
        assertNotSame(COUNTERS.forModel("gpt-4"), COUNTERS.forModel(model));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4",
                "gpt-4-0613",
                "gpt-4-turbo",
                "gpt-4-32k",
                "gpt-3.5-turbo",
                "gpt-35-turbo",
                "openai/gpt-4-turbo",
                "ft:gpt-3.5-turbo:org::id"
            })
    void olderModelsOfOpenAiCountWithCl100k(String model) {
        assertSame(COUNTERS.forModel("gpt-4"), COUNTERS.forModel(model));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "claude-sonnet-4-5",
                "llama3.2",
                "gpt-4all",
                "gpt4all",
                "gpt-40",
                "gpt-4.2",
                "gpt-50",
                "o1x",
                "o2",
                "o11",
                "marco-o1",
                "my-gpt-4o",
                "mistral/gpt-like",
                "built-in"
            })
    void allOthersAreEstimated(String model) {
        assertInstanceOf(EstimatingCounter.class, COUNTERS.forModel(model));
    }

    @Test
    void nameIsReadTheSameInEveryLanguage() {
        assertSame(COUNTERS.forModel("gpt-4-mini"), COUNTERS.forModel("GPT-4-MINI"));
    }

    /** Figures of tiktoken, and 4 for the message. */
    @ParameterizedTest
    @CsvSource({
        "gpt-4, hello world, 2",
        "gpt-4o, hello world, 2",
        "gpt-4, tiktoken is great!, 6",
        "gpt-4o, tiktoken is great!, 6",
        "gpt-4, antidisestablishmentarianism, 6",
        "gpt-4, お誕生日おめでとう, 9",
        "gpt-4o, お誕生日おめでとう, 8",
        "gpt-4, 2 + 2 = 4, 7"
    })
    void textsAreCountedExactly(String model, String text, int tokens) {
        assertEquals(4 + tokens, COUNTERS.forModel(model).count(message(new Block.Text(text))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|endoftext|>", "<|fim_prefix|>", "<|endofprompt|>"})
    void namesOfSpecialTokensAreOrdinaryWords(String special) {
        for (String model : new String[] {"gpt-4", "gpt-4o"}) {
            int tokens = COUNTERS.forModel(model).count(message(new Block.Text("a " + special)));
            assertTrue(tokens > 4 + 4, special + " has " + tokens);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4", "gpt-4o"})
    void loneSurrogateCountsAsTheQuestionMarkThatIsSent(String model) {
        TokenCounter counter = COUNTERS.forModel(model);
        int sent = counter.count(message(new Block.Text("a ? b ?🌊")));
        assertEquals(sent, counter.count(message(new Block.Text("a \ud83d b \udc00🌊"))));
    }

    @Test
    void callsAndTheirArgumentsAreCountedWithTheEncoding() {
        TokenCounter counter = COUNTERS.forModel("gpt-4o");
        String arguments = "{\\\"city\\\":\\\"Lisbon\\\",\\\"days\\\":3}";
        Block call = new Block.Other(JsonParser.parseString(
                        "{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\""
                                + arguments + "\"}}")
                .getAsJsonObject());
        int asText = counter.count(message(new Block.Text("{\"city\":\"Lisbon\",\"days\":3}")));
        int name = counter.count(message(new Block.Text("weather"))) - 4;
        assertEquals(asText + name + 8, counter.count(message(call)));
    }

    @Test
    void requestCostsThreeMoreWhereThatIsKnown() {
        assertEquals(3, COUNTERS.forModel("gpt-4o").perRequest());
        assertEquals(3, COUNTERS.forModel("gpt-4").perRequest());
        assertEquals(0, COUNTERS.forModel("llama3.2").perRequest());
    }

    @Test
    void encodingIsNotAskedForBeforeTheFirstText() {
        AtomicInteger asked = new AtomicInteger();
        EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();
        TokenCounter counter = new ExactCounter(() -> {
            asked.incrementAndGet();
            return encodings.getEncoding(EncodingType.CL100K_BASE);
        });
        assertEquals(4, counter.count(message()));
        assertEquals(0, asked.get());
        counter.count(message(new Block.Text("now")));
        assertEquals(1, asked.get());
    }

    @Test
    void threadsThatMeetAtTheFirstTextGetTheSameEncoding() {
        EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();
        long loaded = IntStream.range(0, 8)
                .parallel()
                .<Encoding>mapToObj(i -> encodings.getEncoding(EncodingType.CL100K_BASE))
                .distinct()
                .count();
        assertEquals(1, loaded);
    }

    @Test
    void familiesDifferWhereTheirEncodingsDo() {
        int cl100k = COUNTERS.forModel("gpt-4").count(message(new Block.Text(HINDI)));
        int o200k = COUNTERS.forModel("gpt-4o").count(message(new Block.Text(HINDI)));
        assertTrue(cl100k > 2 * o200k, cl100k + " and " + o200k);
    }

    private static Message message(Block... blocks) {
        return new Paths().add(Role.USER, Stop.COMPLETE, blocks).all().get(0);
    }
}
