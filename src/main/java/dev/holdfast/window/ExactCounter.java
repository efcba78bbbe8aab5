package dev.holdfast.window;

import com.knuddels.jtokkit.api.Encoding;
import dev.holdfast.conversation.Message;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Counts texts with the encoding that the model itself uses. A message costs {@value #PER_MESSAGE} tokens more, one of
 * them for its role, and a request {@value #PER_REQUEST} to open the answer: "How to count tokens with tiktoken" in the
 * OpenAI Cookbook. The names of special tokens, such as {@code <|endoftext|>}, are words like any other, as they are on the
 * wire. What only the provider knows stays a guess: files, and how it writes down calls of tools. Thread-safe.
 */
final class ExactCounter implements TokenCounter {
    private static final int PER_MESSAGE = 4;
    private static final int PER_REQUEST = 3;

    private final BlockCounter blocks;

    /** @param encoding asked for each text; loads when first asked, and keeps what it loaded */
    ExactCounter(Supplier<Encoding> encoding) {
        this.blocks = new BlockCounter(text -> encoding.get().countTokensOrdinary(asSent(text)), ImageCost.BY_TILES);
    }

    /** UTF-8 has no lone surrogates: what is sent has a question mark for each. */
    private static String asSent(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Override
    public int count(Message message) {
        return blocks.count(message, PER_MESSAGE);
    }

    @Override
    public int perRequest() {
        return PER_REQUEST;
    }
}
