package dev.holdfast.store;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.journal.JournalLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Gathers what the trace of a reply refers to: is shown the lines, the newest first. All of it lies before the trace. For one
 * reading.
 */
final class TracedLines implements Predicate<JournalLine> {
    private final String reply;
    /** Null until it is found. */
    private Entry.Trace trace;

    private final Map<String, Message> kept = new HashMap<>();
    private final Deque<Message> path = new ArrayDeque<>();
    /** The next message of the path; empty once its first one is found, or nothing comes before. */
    private Optional<String> wanted = Optional.empty();

    private Optional<Entry.Summary> summary = Optional.empty();

    /** @param reply its id */
    TracedLines(String reply) {
        this.reply = reply;
    }

    @Override
    public boolean test(JournalLine line) {
        if (!EntryJson.tellsOfACall(line.json())) {
            return true;
        }
        if (trace == null) {
            begin(line);
        } else if (EntryJson.isMessage(line.json())) {
            take(line);
        } else if (EntryJson.read(line.json()) instanceof Entry.Summary made
                && trace.begin().summary().equals(Optional.of(made.id()))) {
            summary = Optional.of(made);
        }
        return trace == null || !complete();
    }

    private void begin(JournalLine line) {
        if (EntryJson.read(line.json()) instanceof Entry.Trace found
                && found.id().equals(reply)) {
            trace = found;
            wanted = Optional.of(found.to());
        }
    }

    private void take(JournalLine line) {
        Optional<String> id = EntryJson.idOfMessage(line.json());
        boolean next = id.isPresent() && id.equals(wanted);
        boolean keep = id.isPresent() && trace.begin().kept().contains(id.get());
        if ((next || keep) && EntryJson.read(line.json()) instanceof Message message) {
            if (keep) {
                kept.put(message.id(), message);
            }
            if (next) {
                path.addFirst(message);
                wanted = message.id().equals(trace.begin().from()) ? Optional.empty() : message.parent();
            }
        }
    }

    private boolean complete() {
        boolean summaryFound = trace.begin().summary().isEmpty() || summary.isPresent();
        return wanted.isEmpty()
                && summaryFound
                && kept.keySet().containsAll(trace.begin().kept());
    }

    /** What was found; empty if the reply has no trace. */
    Optional<Traced> found() {
        return Optional.ofNullable(trace)
                .map(how -> new Traced(
                        how,
                        how.begin().kept().stream()
                                .map(kept::get)
                                .filter(Objects::nonNull)
                                .toList(),
                        summary,
                        List.copyOf(path),
                        missing()));
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>(trace.begin().kept());
        missing.removeAll(kept.keySet());
        trace.begin().summary().filter(id -> summary.isEmpty()).ifPresent(missing::add);
        wanted.ifPresent(missing::add);
        boolean begins =
                !path.isEmpty() && path.getFirst().id().equals(trace.begin().from());
        if (!begins && !wanted.equals(Optional.of(trace.begin().from()))) {
            missing.add(trace.begin().from());
        }
        return missing;
    }
}
