package dev.holdfast.store;

import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.JournalLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Gathers the newest calls of a conversation: is shown the lines, the newest first, until there are enough. For one
 * reading.
 *
 * <p>A trace lies just before its reply. Replies of which neither a trace nor a use is known count as well, lest a file of
 * an earlier version be read to its beginning.
 */
final class NewestCalls implements Predicate<JournalLine> {
    private final int most;
    /** By id, the newest first. */
    private final Map<String, Call> calls = new LinkedHashMap<>();

    NewestCalls(int most) {
        this.most = most;
    }

    @Override
    public boolean test(JournalLine line) {
        if (!EntryJson.tellsOfACall(line.json())) {
            return true;
        }
        Entry entry = EntryJson.read(line.json());
        if (entry instanceof Entry.Trace trace) {
            Call call = calls.getOrDefault(trace.id(), Call.of(trace));
            return add(call.with(trace));
        } else if (entry instanceof Message message && message.role() == Role.ASSISTANT) {
            return calls.containsKey(message.id()) || add(Call.of(message));
        } else if (entry instanceof Entry.Summary summary && summary.model().isPresent()) {
            return add(Call.of(summary));
        }
        return true;
    }

    /** The trace of the last one lies behind it, so it takes one too many to know that there are enough. */
    private boolean add(Call call) {
        if (calls.size() == most && !calls.containsKey(call.id())) {
            return false;
        }
        calls.put(call.id(), call);
        return true;
    }

    /** What was found, oldest first. */
    List<Call> calls() {
        List<Call> known = new ArrayList<>();
        for (Call call : calls.values()) {
            if (call.trace().isPresent() || !call.usage().equals(Usage.NONE)) {
                known.add(call);
            }
        }
        Collections.reverse(known);
        return List.copyOf(known);
    }
}
