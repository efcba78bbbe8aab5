package dev.holdfast.lifecycle;

import dev.holdfast.agent.LiveConversation;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * How many replies may be written at once. Nothing is counted up and down: what counts is what runs just then, however
 * it began and whatever becomes of it. Thread-safe.
 */
final class TurnFence {
    /** Nobody knows when a reply ends; to be asked again so soon costs little. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    private static final int GUARDS = 64;

    private final int ofOwner;
    private final int ofNetwork;
    private final ToIntFunction<Owner> running;
    private final Predicate<LiveConversation> runs;
    /** From where the reply that runs, or the last that ran, was asked for. */
    private final Map<ConversationId, Asked> asked = new ConcurrentHashMap<>();

    /** Guard the step from counting to beginning; an owner, and a network, always has the same. Held for that only. */
    private final Object[] ofOwners = guards();

    private final Object[] ofNetworks = guards();

    /** Each is another one, even of the same content. */
    private static final class Asked {
        private final LiveConversation live;
        private final String network;

        private Asked(LiveConversation live, String network) {
            this.live = live;
            this.network = network;
        }
    }

    /**
     * @param ofOwner most in an owner's conversations; 0: as many as one likes
     * @param ofNetwork most that were asked for from one network; 0: as many as one likes
     * @param running in how many of an owner's conversations a reply is being written; never waits
     * @param runs whether one is being written in this one; never waits
     */
    TurnFence(int ofOwner, int ofNetwork, ToIntFunction<Owner> running, Predicate<LiveConversation> runs) {
        this.ofOwner = ofOwner;
        this.ofNetwork = ofNetwork;
        this.running = running;
        this.runs = runs;
    }

    private static Object[] guards() {
        return Stream.generate(Object::new).limit(GUARDS).toArray();
    }

    private static Object guard(Object[] guards, Object key) {
        return guards[Math.floorMod(key.hashCode(), GUARDS)];
    }

    /**
     * Does what begins a turn. Where one runs already, it begins none: what is said waits.
     *
     * @param live is locked
     * @throws TooManyAttemptsException if too many replies are being written
     */
    <T> T begin(LiveConversation live, String network, Supplier<T> turn) {
        if (live.busy()) {
            return turn.get();
        }
        Owner owner = live.stored().owner();
        synchronized (guard(ofOwners, owner)) {
            synchronized (guard(ofNetworks, network)) {
                check(owner, network);
                T begun = turn.get();
                if (ofNetwork > 0 && live.running()) {
                    asked.put(live.id(), new Asked(live, network));
                }
                return begun;
            }
        }
    }

    /** @throws TooManyAttemptsException if too many replies are being written for one more */
    void check(Owner owner, String network) {
        if (ofOwner > 0 && running.applyAsInt(owner) >= ofOwner) {
            throw full("In your conversations");
        }
        if (ofNetwork > 0 && running(network) >= ofNetwork) {
            throw full("For your network");
        }
    }

    private static TooManyAttemptsException full(String where) {
        return new TooManyAttemptsException(
                where
                        + " as many replies are being written as may be at once. Nothing was done. Wait for the end of one"
                        + " or stop one.",
                WAIT);
    }

    private int running(String network) {
        asked.values().removeIf(each -> !runs.test(each.live));
        return (int) asked.values().stream()
                .filter(each -> each.network.equals(network))
                .count();
    }
}
