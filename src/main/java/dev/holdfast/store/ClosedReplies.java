package dev.holdfast.store;

import com.google.gson.JsonElement;
import dev.holdfast.journal.JournalFormat;
import dev.holdfast.journal.JournalLine;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the deltas that a file does not need: those whose reply stands in it as a whole. First it is shown all lines, in
 * order; then it tells of each delta whether it is superfluous. One that it was not shown is not.
 */
final class ClosedReplies implements Predicate<JournalLine> {
    private final Set<String> open = new HashSet<>();
    private long seen;
    private boolean any;

    void line(JournalLine line) {
        seen = line.seq();
        if (JournalFormat.isDelta(line.json())) {
            open.add(id(line));
        } else if (EntryJson.isMessage(line.json())) {
            any |= open.remove(id(line));
        }
    }

    /** Whether there is one. */
    boolean any() {
        return any;
    }

    @Override
    public boolean test(JournalLine delta) {
        return delta.seq() <= seen && !open.contains(id(delta));
    }

    private static String id(JournalLine line) {
        JsonElement id = line.json().get("id");
        return id != null && id.isJsonPrimitive() ? id.getAsString() : "";
    }
}
