package dev.holdfast.architecture.bad.store;

import java.security.SecureRandom;
import java.util.Random;
import java.util.random.RandomGenerator;

class RollsDice {
    RandomGenerator random = new SecureRandom();

    /** Leaves nothing to chance: the same seed, the same numbers. */
    static class Seeded {
        RandomGenerator random = new Random(26);
    }

    /** Is handed one. */
    static class Handed {
        int roll(RandomGenerator random) {
            return random.nextInt(6);
        }
    }
}
