package dev.holdfast.store;

import dev.holdfast.conversation.Message;
import dev.holdfast.journal.JournalLine;
import dev.holdfast.journal.Journals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Follows a conversation's path back through its file, from a message to its parent. A parent that is not in the file,
 * lost to damage, is taken to be the nearest earlier message. For one thread, used once.
 */
final class PathReader {
    private final Journals journals;
    private final Path file;
    private final int limit;
    private final Deque<Message> found = new ArrayDeque<>();
    private Optional<String> wanted;
    private long before;
    /** The first message that was passed over since the last one that was found. */
    private Optional<String> passed = Optional.empty();

    /**
     * @param before only lines before this one are read
     * @param wanted the message to begin with; empty: there is none
     * @param limit most messages to find
     */
    PathReader(Journals journals, Path file, long before, Optional<String> wanted, int limit) {
        this.journals = journals;
        this.file = file;
        this.before = before;
        this.wanted = wanted;
        this.limit = limit;
    }

    /** @return messages, oldest first */
    List<Message> read() throws IOException {
        while (wanted.isPresent() && found.size() < limit) {
            journals.readBackward(file, before, this::goOn);
            if (wanted.isPresent() && found.size() < limit) {
                wanted = passed;
                passed = Optional.empty();
            }
        }
        return List.copyOf(found);
    }

    private boolean goOn(JournalLine line) {
        if (!EntryJson.isMessage(line.json()) || !(EntryJson.read(line.json()) instanceof Message message)) {
            return true;
        }
        if (!message.id().equals(wanted.orElseThrow())) {
            passed = passed.or(() -> Optional.of(message.id()));
            return true;
        }
        found.addFirst(message);
        before = line.seq();
        wanted = message.parent();
        passed = Optional.empty();
        return wanted.isPresent() && found.size() < limit;
    }

    /** The number of the line of the oldest message that was found; where it began if none was. */
    long reached() {
        return before;
    }

    /** Whether the path goes on before what was found. */
    boolean hasEarlier() {
        return wanted.isPresent();
    }
}
