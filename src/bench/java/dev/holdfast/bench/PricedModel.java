package dev.holdfast.bench;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.ModelCall;
import dev.holdfast.model.ModelListener;
import dev.holdfast.model.ModelRequest;
import dev.holdfast.window.TokenCounter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A provider with a prompt cache, as Anthropic documents its own: what a request that will be sent again holds is stored up
 * to its end, and found again by a request that begins with all of it, within five minutes of the last use. It answers
 * from a script and says what it counted.
 */
final class PricedModel implements ChatModel {
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final TokenCounter counter;
    private final Clock clock;
    private final Function<ModelRequest, String> script;
    private final Map<List<String>, Instant> cache = new HashMap<>();
    private final List<Usage> calls = new ArrayList<>();
    private ModelRequest last;

    PricedModel(TokenCounter counter, Clock clock, Function<ModelRequest, String> script) {
        this.counter = counter;
        this.clock = clock;
        this.script = script;
    }

    @Override
    public String name() {
        return "gpt-4o";
    }

    @Override
    public ModelCall ask(ModelRequest request, ModelListener listener) {
        String answer = script.apply(request);
        Usage usage = used(request, answer);
        calls.add(usage);
        last = request;
        listener.piece(0, Block.Kind.TEXT, answer);
        listener.completed(Stop.COMPLETE, usage);
        return () -> {};
    }

    private Usage used(ModelRequest request, String answer) {
        List<String> texts = request.messages().stream().map(Message::text).toList();
        long all = tokens(request.messages());
        long output = answer.length() / 4;
        if (!request.resent()) {
            return new Usage(all, output, 0, 0);
        }
        int held = 0;
        for (int end = texts.size(); end > 0 && held == 0; end--) {
            Instant used = cache.get(texts.subList(0, end));
            held = used != null && used.plus(KEPT).isAfter(clock.instant()) ? end : 0;
        }
        long read = tokens(request.messages().subList(0, held));
        if (held > 0) {
            cache.put(texts.subList(0, held), clock.instant());
        }
        cache.put(texts, clock.instant());
        return new Usage(0, output, read, all - read);
    }

    private long tokens(List<Message> messages) {
        return messages.stream().mapToLong(counter::count).sum();
    }

    /** What every call so far took. */
    List<Usage> calls() {
        return calls;
    }

    /** The last request that it was sent. */
    ModelRequest last() {
        return last;
    }
}
