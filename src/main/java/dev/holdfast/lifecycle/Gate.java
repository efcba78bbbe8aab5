package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Owner;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where requests come in, so that nobody asks for more than others can spare. What the program does by itself, and what
 * is said in the terminal, comes in elsewhere. Thread-safe.
 */
public final class Gate {
    private final RateFence requests;
    private final RateFence messages;
    private final TurnFence turns;

    Gate(Limits limits, OpenConversations open, LongSupplier nanos) {
        this.requests = new RateFence(requests(limits.messages()), requests(limits.messagesOfNetwork()), nanos);
        this.messages = new RateFence(limits.messages(), limits.messagesOfNetwork(), nanos);
        this.turns = new TurnFence(limits.replies(), limits.repliesOfNetwork(), open::running, open::runs);
    }

    private static int requests(int messages) {
        return (int) Math.min(Integer.MAX_VALUE, (long) messages * Limits.REQUESTS_A_MESSAGE);
    }

    /**
     * A request that changes or searches something comes in.
     *
     * @param owner who asks; empty: somebody who owns nothing yet
     * @param network from where
     * @throws TooManyAttemptsException if they have to wait
     */
    public void enter(Optional<Owner> owner, String network) {
        requests.pass(owner, network);
    }

    /** For one request that {@link #enter entered} and wants a model to be asked, or a conversation to be made. */
    public Passage passage(Owner owner, String network) {
        return new LimitedPassage(messages, turns, owner, network);
    }
}
