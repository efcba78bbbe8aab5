package dev.holdfast.window;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a conversation when a view is chosen.
 *
 * @param path the active path, oldest first, from the last cut at the latest; ends with the message that is to be answered:
 *     a person's, or a tool's result
 * @param cut the last one; one whose {@code from} is not on the path, or begins no turn, counts as none
 * @param kept the messages of {@code cut.kept()}, oldest first; they may lie before the path. Whole turns that were pinned
 *     behind the cut's back may be among them: they are sent from the next cut on
 * @param pinned ids of messages that a person pinned: their turns are kept by the next cut
 * @param summaries all that apply to this path, and others: one that covers up to a message that is not on the path counts
 *     only if the cut names it. The newest is the last
 */
public record History(
        List<Message> path, Optional<Cut> cut, List<Message> kept, Set<String> pinned, List<Entry.Summary> summaries) {
    public History {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(cut, "cut");
        kept = List.copyOf(kept);
        pinned = Set.copyOf(pinned);
        summaries = List.copyOf(summaries);
    }

    /** With nothing pinned, kept or summarised. */
    public static History of(List<Message> path, Optional<Cut> cut) {
        return new History(path, cut, List.of(), Set.of(), List.of());
    }

    /** The same with one more summary, the newest. */
    public History with(Entry.Summary summary) {
        List<Entry.Summary> all = new ArrayList<>(summaries);
        all.add(summary);
        return new History(path, cut, kept, pinned, all);
    }

    /** The summary with that id. */
    public Optional<Entry.Summary> summary(String id) {
        return summaries.stream().filter(summary -> summary.id().equals(id)).findFirst();
    }

    /** What is sent for its own sake: the path from the cut on. */
    public List<Message> sent() {
        if (cut.isPresent()) {
            for (int i = path.size() - 1; i >= 0; i--) {
                if (path.get(i).id().equals(cut.get().from())) {
                    return path.subList(i, path.size());
                }
            }
        }
        return path;
    }
}
