package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Owner;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How often an owner, and a network, may ask for something. Thread-safe.
 *
 * <p>Who is refused has used nothing up. So an owner in a fast loop takes nothing from the others of their network: their
 * own limit refuses them before the network's counts. And a network in a fast loop, with a new owner each time, drives
 * nobody out of memory: it is refused before the owner is remembered. A key is forgotten, and may do everything again, once
 * {@value Fence#MOST_KEYS} others were let through after it; whoever has so many gains nothing by one more.
 */
final class RateFence {
    private static final Duration IN = Duration.ofMinutes(1);

    private final Fence owners;
    private final Fence networks;

    /**
     * @param ofOwner times a minute; 0: as often as one likes
     * @param ofNetwork the same, for all of a network together
     * @param nanos a monotonic clock, as {@link System#nanoTime}
     */
    RateFence(int ofOwner, int ofNetwork, LongSupplier nanos) {
        this.owners = new Fence(ofOwner, IN, nanos);
        this.networks = new Fence(ofNetwork, IN, nanos);
    }

    /**
     * @param owner empty: somebody who owns nothing yet
     * @throws TooManyAttemptsException if the owner or the network has to wait
     */
    void pass(Optional<Owner> owner, String network) {
        check(owner, network);
        owner.map(Owner::name).ifPresent(owners::pass);
        try {
            networks.pass(network);
        } catch (TooManyAttemptsException e) {
            owner.map(Owner::name).ifPresent(owners::giveBack);
            throw e;
        }
    }

    private void check(Optional<Owner> owner, String network) {
        Duration ofOwner = owner.map(Owner::name).map(owners::left).orElse(Duration.ZERO);
        Duration ofNetwork = networks.left(network);
        if (ofNetwork.compareTo(ofOwner) > 0) {
            throw new TooManyAttemptsException(
                    "Too much is asked for from your network just now. Nothing of it was done.", ofNetwork);
        }
        if (!ofOwner.isZero()) {
            throw new TooManyAttemptsException("That was too fast. Nothing of it was done.", ofOwner);
        }
    }

    /** What they passed for did not happen. */
    void giveBack(Owner owner, String network) {
        owners.giveBack(owner.name());
        networks.giveBack(network);
    }
}
