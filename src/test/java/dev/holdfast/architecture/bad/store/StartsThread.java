package dev.holdfast.architecture.bad.store;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

class StartsThread {
    Executor executor = Executors.newSingleThreadExecutor();

    /** Is handed one. */
    static class Handed {
        void run(Executor executor) {
            executor.execute(() -> {});
        }
    }
}
