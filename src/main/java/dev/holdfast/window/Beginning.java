package dev.holdfast.window;

import java.util.Optional;

/**
 * How a view begins.
 *
 * @param from index of the turn from which on everything is sent
 * @param kept what is sent before it
 * @param summary what stands for the rest
 */
record Beginning(int from, Kept kept, Optional<Reach> summary) {

    long summaryTokens() {
        return summary.map(Reach::tokens).orElse(0L);
    }

    long tokens(Tail tail) {
        return kept.tokens() + summaryTokens() + tail.tokens(from);
    }

    int messages(Tail tail) {
        return kept.messages() + (summary.isPresent() ? 1 : 0) + tail.messages(from);
    }
}
