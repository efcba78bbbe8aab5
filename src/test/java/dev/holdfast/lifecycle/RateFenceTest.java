package dev.holdfast.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody is refused for what somebody else does, and nobody gets more by trying more. */
class RateFenceTest {
    private static final Owner OLGA = new Owner("h:olga");
    private static final Owner PAUL = new Owner("h:paul");
    private static final String HOME = "192.0.2.7";
    private static final int PER_OWNER = 30;
    private static final int PER_NETWORK = 120;

    private final HandClock clock = new HandClock();
    private final RateFence fence = new RateFence(PER_OWNER, PER_NETWORK, clock::nanos);

    private boolean passes(Owner owner, String network) {
        try {
            fence.pass(Optional.of(owner), network);
            return true;
        } catch (TooManyAttemptsException e) {
            return false;
        }
    }

    /** How many of so many tries, one right after the other. */
    private int passed(int tries, Owner owner, String network) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            passed += passes(owner, network) ? 1 : 0;
        }
        return passed;
    }

    private TooManyAttemptsException refusal(Owner owner, String network) {
        return assertThrows(TooManyAttemptsException.class, () -> fence.pass(Optional.of(owner), network));
    }

    @Test
    void whoHasToWaitPassesAfterExactlyThatTimeAndNotBefore() {
        assertEquals(PER_OWNER, passed(PER_OWNER, OLGA, HOME));

        TooManyAttemptsException refused = refusal(OLGA, HOME);
        assertEquals(2, refused.retryAfterSeconds());
        assertEquals("That was too fast. Nothing of it was done. Try again in 2 seconds.", refused.getMessage());
        clock.advance(Duration.ofSeconds(2).minusNanos(1));
        assertEquals(1, refusal(OLGA, HOME).retryAfterSeconds(), "a part of a second is rounded up");
        clock.advance(Duration.ofNanos(1));
        assertEquals(1, passed(2, OLGA, HOME));
    }

    @Test
    void networkThatHasToWaitPassesAfterExactlyThatTimeAndNotBefore() {
        RateFence narrow = new RateFence(0, 1, clock::nanos);
        narrow.pass(Optional.of(OLGA), HOME);

        TooManyAttemptsException refused =
                assertThrows(TooManyAttemptsException.class, () -> narrow.pass(Optional.of(PAUL), HOME));
        assertEquals(60, refused.retryAfterSeconds());
        assertEquals(
                "Too much is asked for from your network just now. Nothing of it was done. Try again in 60 seconds.",
                refused.getMessage());
        narrow.pass(Optional.of(PAUL), "192.0.2.8");
        clock.advance(Duration.ofSeconds(60).minusNanos(1));
        assertThrows(TooManyAttemptsException.class, () -> narrow.pass(Optional.empty(), HOME));
        clock.advance(Duration.ofNanos(1));
        narrow.pass(Optional.empty(), HOME);
    }

    @Test
    void whoHasToWaitForBothIsToldTheLongerTime() {
        RateFence both = new RateFence(2, 1, clock::nanos);
        both.pass(Optional.of(OLGA), HOME);
        both.pass(Optional.of(OLGA), "192.0.2.8");

        TooManyAttemptsException refused =
                assertThrows(TooManyAttemptsException.class, () -> both.pass(Optional.of(OLGA), HOME));
        assertEquals(60, refused.retryAfterSeconds());
        clock.advance(Duration.ofSeconds(60));
        both.pass(Optional.of(OLGA), HOME);
    }

    @Test
    void ownerInAFastLoopTakesNothingFromTheOthersOfTheirNetwork() {
        int passed = 0;
        for (int i = 0; i < PER_OWNER; i++) {
            passed += passed(1000, OLGA, HOME);
            assertTrue(passes(PAUL, HOME), "at a normal pace");
        }
        assertEquals(PER_OWNER, passed);
        assertEquals(
                PER_NETWORK - 2 * PER_OWNER,
                passed(PER_OWNER, new Owner("h:3"), HOME) + passed(PER_OWNER, new Owner("h:4"), HOME));
        assertEquals(0, passed(1, new Owner("h:5"), HOME), "the network's own limit holds");
    }

    @Test
    @Timeout(60)
    void threadsOfOneOwnerGetNoMoreThanOneAndTakeNothingFromAnother() throws Exception {
        ExecutorService loops = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            Callable<Integer> loop = () -> passed(5000, OLGA, HOME);
            for (int i = 0; i < 4; i++) {
                running.add(loops.submit(loop));
            }
            assertEquals(PER_OWNER, passed(PER_OWNER, PAUL, HOME));
            int passed = 0;
            for (Future<Integer> each : running) {
                passed += each.get();
            }
            assertEquals(PER_OWNER, passed);
        } finally {
            loops.shutdownNow();
        }
    }

    @Test
    void networkThatHasToWaitCostsItsOwnersNothing() {
        RateFence both = new RateFence(1, 1, clock::nanos);
        both.pass(Optional.of(PAUL), HOME);
        assertThrows(TooManyAttemptsException.class, () -> both.pass(Optional.of(OLGA), HOME));

        both.pass(Optional.of(OLGA), "192.0.2.8");
        assertThrows(TooManyAttemptsException.class, () -> both.pass(Optional.of(OLGA), "192.0.2.9"));
    }

    /** Else who sends a new cookie with each request could make everybody's count be forgotten. */
    @Test
    void tooManyOwnersFromOneNetworkMakeNobodysCountBeForgotten() {
        assertEquals(PER_OWNER, passed(PER_OWNER, OLGA, HOME));
        int passed = 0;
        for (int i = 0; i < 3 * Fence.MOST_KEYS; i++) {
            passed += passed(1, new Owner("h:new" + i), "203.0.113.1");
        }
        assertEquals(PER_NETWORK, passed);
        assertEquals(0, passed(1, OLGA, HOME));
    }

    @Test
    void soManyOthersThatAreLetThroughMakeACountBeForgottenAndMemoryIsBounded() {
        assertEquals(PER_OWNER, passed(PER_OWNER, OLGA, HOME));
        int passed = 0;
        for (int i = 0; i < Fence.MOST_KEYS; i++) {
            passed += passed(1, new Owner("h:new" + i), "network " + i);
        }
        assertEquals(Fence.MOST_KEYS, passed);
        assertEquals(PER_OWNER, passed(PER_OWNER + 1, OLGA, HOME));
    }

    @Test
    void whatIsGivenBackCanBeUsedAgain() {
        RateFence both = new RateFence(1, 1, clock::nanos);
        both.pass(Optional.of(OLGA), HOME);
        both.giveBack(OLGA, HOME);
        both.pass(Optional.of(OLGA), HOME);
        assertThrows(TooManyAttemptsException.class, () -> both.pass(Optional.of(OLGA), HOME));
    }

    @Test
    void noLimitIsNoLimit() {
        RateFence none = new RateFence(0, 0, clock::nanos);
        for (int i = 0; i < 1000; i++) {
            none.pass(Optional.of(OLGA), HOME);
        }
    }

    /** A monotonic clock may overflow. */
    @Test
    void timeGoesOnWhenTheClockOverflows() {
        assertEquals(PER_OWNER, passed(PER_OWNER, OLGA, HOME));
        clock.advance(Duration.ofHours(2));
        assertEquals(PER_OWNER, passed(PER_OWNER + 1, OLGA, HOME));
    }
}
