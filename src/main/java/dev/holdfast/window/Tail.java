package dev.holdfast.window;

import dev.holdfast.conversation.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The turns from the last cut on, and what they cost from each of them to the end. Without a cut all turns. */
final class Tail {
    /** How many messages of the path lie before. */
    final int begin;

    final Optional<Cut> cut;
    final List<Turn> turns;
    private final long[] tokens;
    private final int[] messages;

    /** Looks for the cut from the end, to which it is nearer than to the beginning of a long conversation. */
    Tail(List<Message> path, Optional<Cut> last, TokenCounter counter) {
        int found = last.map(cut -> indexOf(path, cut.from())).orElse(-1);
        begin = Math.max(0, found);
        cut = found < 0 ? Optional.empty() : last;
        turns = Turn.of(path.subList(begin, path.size()), counter);
        tokens = new long[turns.size() + 1];
        messages = new int[turns.size() + 1];
        for (int i = turns.size() - 1; i >= 0; i--) {
            tokens[i] = tokens[i + 1] + turns.get(i).tokens();
            messages[i] = messages[i + 1] + turns.get(i).sent().size();
        }
    }

    private static int indexOf(List<Message> path, String id) {
        for (int i = path.size() - 1; i >= 0; i--) {
            if (path.get(i).id().equals(id)) {
                return SentBlocks.beginsTurn(path.get(i)) ? i : -1;
            }
        }
        return -1;
    }

    /** The index of the turn that is to be answered. */
    int last() {
        return turns.size() - 1;
    }

    Turn lastTurn() {
        return turns.get(last());
    }

    /** From the turn of that index to the end. */
    long tokens(int from) {
        return tokens[from];
    }

    /** How many are sent from the turn of that index to the end. */
    int messages(int from) {
        return messages[from];
    }

    /** For each message the first turn that is not wholly covered by a summary up to it; the last turn never is. */
    Map<String, Integer> turnBehind() {
        Map<String, Integer> behind = new HashMap<>();
        for (int i = 0; i < turns.size(); i++) {
            boolean whole = false;
            for (Message message : turns.get(i).all()) {
                whole |= message.id().equals(turns.get(i).lastSent().id());
                behind.put(message.id(), whole ? Math.min(i + 1, last()) : i);
            }
        }
        return behind;
    }
}
