package dev.holdfast.lifecycle;

import dev.holdfast.agent.LiveConversation;
import dev.holdfast.conversation.Owner;
import java.util.Optional;
import java.util.function.Supplier;

/** One request. However often it passes, it counts once. For one thread. */
final class LimitedPassage extends Passage {
    private final RateFence messages;
    private final TurnFence turns;
    private final Owner owner;
    private final String network;
    private boolean passed;

    LimitedPassage(RateFence messages, TurnFence turns, Owner owner, String network) {
        this.messages = messages;
        this.turns = turns;
        this.owner = owner;
        this.network = network;
    }

    @Override
    void pass() {
        if (!passed) {
            messages.pass(Optional.of(owner), network);
            passed = true;
        }
    }

    @Override
    void passToSpeak() {
        turns.check(owner, network);
        pass();
    }

    @Override
    void giveBack() {
        if (passed) {
            messages.giveBack(owner, network);
            passed = false;
        }
    }

    @Override
    <T> T begin(LiveConversation live, Supplier<T> turn) {
        try {
            return turns.begin(live, network, turn);
        } catch (TooManyAttemptsException e) {
            giveBack();
            throw e;
        }
    }
}
