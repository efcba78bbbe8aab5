package dev.holdfast.window;

import dev.holdfast.conversation.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a summary reaches.
 *
 * @param turn index, among those from the last cut on, of the first turn that it does not wholly cover
 * @param tokens what its message costs
 */
record Reach(Entry.Summary summary, int turn, long tokens) {

    /** Those that could be used from now on, the one that reaches furthest first, the newest before others of its reach. */
    static List<Reach> all(History history, Tail tail, TokenCounter counter, int mostTokens) {
        if (history.summaries().isEmpty()) {
            return List.of();
        }
        Map<String, Integer> turnBehind = tail.turnBehind();
        named(history, tail.cut).ifPresent(summary -> turnBehind.putIfAbsent(summary.to(), 0));
        List<Reach> all = new ArrayList<>();
        for (Entry.Summary summary : history.summaries()) {
            int turn = turnBehind.getOrDefault(summary.to(), -1);
            if (turn > 0 || turn == 0 && tail.cut.isPresent()) {
                all.add(0, new Reach(summary, turn, counter.count(SummaryMessage.of(summary))));
            }
        }
        all.removeIf(reach -> reach.tokens() > mostTokens);
        all.sort(Comparator.comparingInt(Reach::turn).reversed());
        return all;
    }

    /** The one that the last cut names. */
    static Optional<Reach> ofCut(History history, Tail tail, TokenCounter counter) {
        return named(history, tail.cut)
                .map(summary -> new Reach(summary, 0, counter.count(SummaryMessage.of(summary))));
    }

    private static Optional<Entry.Summary> named(History history, Optional<Cut> cut) {
        return cut.flatMap(Cut::summary)
                .flatMap(id -> history.summaries().stream()
                        .filter(summary -> summary.id().equals(id))
                        .findFirst());
    }
}
