package dev.holdfast.lifecycle;

import dev.holdfast.agent.Traces;
import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.SentRequest;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.Usage;
import dev.holdfast.window.Prices;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the conversations' calls to models took, and what was sent with them. Looking is no activity. Files are read as far
 * back as what is asked for reaches. For a conversation that is not the person's every method throws {@link
 * NoSuchConversationException}. Thread-safe.
 */
public final class Calls {
    /** So many calls, the newest, are told of at most. */
    public static final int MOST = 200;

    private final OpenConversations open;
    private final Traces traces;
    private final Supplier<Prices> prices;

    Calls(OpenConversations open, Traces traces, Supplier<Prices> prices) {
        this.open = open;
        this.traces = traces;
        this.prices = prices;
    }

    /** What a conversation used. */
    public ConversationUsage usage(Owner owner, ConversationId id) {
        return open.reading(owner, id, live -> {
            List<Call> calls = live.stored().calls(MOST);
            Spent spent = live.locked(Transcript::spent);
            return ConversationUsage.of(id, live.stored().title(), spent, calls, prices.get());
        });
    }

    /** The newest calls, oldest first. @param limit at most so many, up to {@value #MOST} */
    public List<PricedCall> newest(Owner owner, ConversationId id, int limit) {
        List<Call> calls = open.reading(owner, id, live -> live.stored().calls(Math.min(limit, MOST)));
        return calls.stream().map(call -> PricedCall.of(call, prices.get())).toList();
    }

    /** What a model was sent for a reply; empty if there is none with that id, or nothing was noted down of it. */
    public Optional<SentRequest> sent(Owner owner, ConversationId id, String replyId) {
        return open.reading(owner, id, live -> traces.sent(live.stored(), replyId));
    }

    /** What one call cost; empty if the price of the model is not known, or nothing was used. */
    public Optional<Amount> cost(String model, Usage usage) {
        return usage.equals(Usage.NONE)
                ? Optional.empty()
                : prices.get().cost(model, usage).map(Amount::of);
    }
}
