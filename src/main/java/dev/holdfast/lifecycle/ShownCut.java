package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Entry;
import java.util.Objects;
import java.util.Optional;

/**
 * That what the model is sent begins at a message, and what it has of those before.
 *
 * @param summary what stands for them; empty: nothing does
 * @param before how often a person has spoken before it; empty if that is not known
 * @param covered how often in what the summary covers; empty if there is none, or that is not known
 * @param kept whether messages before it are sent all the same
 */
public record ShownCut(
        Optional<Entry.Summary> summary, Optional<Integer> before, Optional<Integer> covered, boolean kept) {
    public ShownCut {
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(covered, "covered");
    }
}
