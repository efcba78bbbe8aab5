package dev.holdfast.window;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the model's view was cut: all that determines the beginning of what is sent.
 *
 * @param from the first message that is sent after those kept and the summary; it begins a turn
 * @param kept ids of the messages of whole turns before {@code from} that are sent all the same (the first ones, those
 *     pinned), oldest first
 * @param summary id of the overlay that stands for what was left out
 * @param leftOut tokens, by the counter, of all messages of the path before {@code from} that are not kept
 */
public record Cut(String from, List<String> kept, Optional<String> summary, long leftOut) {
    public Cut {
        Objects.requireNonNull(from, "from");
        kept = List.copyOf(kept);
        Objects.requireNonNull(summary, "summary");
    }
}
