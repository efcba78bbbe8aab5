package dev.holdfast.store;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.journal.JournalLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Follows the active path of one of our conversations up from its end: is shown the lines, the newest first, and accepts the one
 * with which enough of the path is known. For one reading.
 */
final class PathFromEnd implements Predicate<JournalLine> {
    private final int most;
    private final Deque<ReadMessage> path = new ArrayDeque<>();
    /** The message that is looked for; empty before the end of the path is known. */
    private Optional<String> wanted = Optional.empty();

    private boolean complete;

    /** @param most how many messages are enough, at least one */
    PathFromEnd(int most) {
        this.most = most;
    }

    @Override
    public boolean test(JournalLine line) {
        if (!line.checked()) {
            return true; // Another program's path is not followed from its end.
        }
        Entry entry = EntryJson.read(line.json());
        if (entry instanceof Entry.Head head && wanted.isEmpty()) {
            wanted = head.id();
            complete = wanted.isEmpty();
        } else if (entry instanceof Entry.ReplyStarted start && wanted.isEmpty()) {
            wanted = Optional.of(start.parent()); // The reply has no end: what it answers is the end of the path.
        } else if (entry instanceof Message message && message.id().equals(wanted.orElse(message.id()))) {
            path.addFirst(new ReadMessage(message, ReadMessage.unsaid(line.json(), message)));
            complete = path.size() == most || message.parent().isEmpty();
            wanted = message.parent();
        }
        return complete;
    }

    /** Whether enough of the path was found. If not, something of it is lost, or there are no messages. */
    boolean complete() {
        return complete;
    }

    /** What was found, oldest first. */
    List<ReadMessage> path() {
        return List.copyOf(path);
    }
}
