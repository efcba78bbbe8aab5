package dev.holdfast.architecture.bad.store;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

class RollsDice {
    RandomGenerator random = new SecureRandom();

    /** Is handed one. */
    static class Handed {
        int roll(RandomGenerator random) {
            return random.nextInt(6);
        }
    }
}
