package dev.holdfast.window;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns from before a cut that are sent all the same: the conversation's first ones, then those pinned, the newest first,
 * as many as fit. Each is kept as a whole.
 *
 * @param turns oldest first
 */
record Kept(List<Turn> turns, long tokens, int messages) {

    static Kept of(List<Turn> turns) {
        return new Kept(
                turns,
                turns.stream().mapToLong(Turn::tokens).sum(),
                turns.stream().mapToInt(turn -> turn.sent().size()).sum());
    }

    /**
     * @param before what could be kept, oldest first
     * @param keepFirst how many messages of the conversation's beginning
     */
    static Kept of(List<Turn> before, int keepFirst, Set<String> pinned, long mostTokens, int mostMessages) {
        Selection selection = new Selection(before, mostTokens, mostMessages);
        Optional<String> parent = Optional.empty();
        for (int i = 0; i < before.size() && selection.messages < keepFirst; i++) {
            Turn turn = before.get(i);
            if (!turn.all().get(0).parent().equals(parent) || !selection.add(i)) {
                break; // What comes after is not the beginning any more.
            }
            parent = Optional.of(turn.lastMessage().id());
        }
        for (int i = before.size() - 1; i >= 0; i--) {
            if (before.get(i).all().stream().anyMatch(message -> pinned.contains(message.id()))) {
                selection.add(i);
            }
        }
        return of(selection.chosen.stream().map(before::get).toList());
    }

    List<String> ids() {
        return turns.stream()
                .flatMap(turn -> turn.all().stream())
                .map(message -> message.id())
                .toList();
    }

    private static final class Selection {
        private final List<Turn> turns;
        private final long mostTokens;
        private final int mostMessages;
        private final Set<Integer> chosen = new TreeSet<>();
        private long tokens;
        private int messages;

        Selection(List<Turn> turns, long mostTokens, int mostMessages) {
            this.turns = turns;
            this.mostTokens = mostTokens;
            this.mostMessages = mostMessages;
        }

        /** Whether it is chosen, now or before. */
        boolean add(int index) {
            Turn turn = turns.get(index);
            boolean fits = tokens + turn.tokens() <= mostTokens
                    && messages + turn.sent().size() <= mostMessages;
            if (fits && chosen.add(index)) {
                tokens += turn.tokens();
                messages += turn.sent().size();
            }
            return chosen.contains(index);
        }
    }
}
