package dev.holdfast.store;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a trace refers to, as the file has it.
 *
 * @param kept messages from before the path, oldest first
 * @param path from the first message that was sent for its own sake to the last, oldest first
 * @param missing ids of what is not there any more
 */
public record Traced(
        Entry.Trace trace,
        List<Message> kept,
        Optional<Entry.Summary> summary,
        List<Message> path,
        List<String> missing) {
    public Traced {
        Objects.requireNonNull(trace, "trace");
        kept = List.copyOf(kept);
        Objects.requireNonNull(summary, "summary");
        path = List.copyOf(path);
        missing = List.copyOf(missing);
    }
}
