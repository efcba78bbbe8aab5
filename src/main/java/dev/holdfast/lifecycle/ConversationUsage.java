package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Usage;
import dev.holdfast.window.Prices;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a conversation's calls to models took.
 *
 * @param title empty if it has none yet
 * @param all of the whole conversation, on all branches and with its summaries
 * @param turn of the newest turn
 * @param calls the newest, oldest first
 * @param turns those of the calls, as far as they were traced, oldest first
 * @param pricesOf the day of which the prices are
 */
public record ConversationUsage(
        ConversationId id,
        String title,
        Charge all,
        Charge turn,
        List<PricedCall> calls,
        List<Turn> turns,
        LocalDate pricesOf) {
    public ConversationUsage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(all, "all");
        Objects.requireNonNull(turn, "turn");
        calls = List.copyOf(calls);
        turns = List.copyOf(turns);
        Objects.requireNonNull(pricesOf, "pricesOf");
    }

    /**
     * The calls that were made one after the other for the same message.
     *
     * @param message the one that was answered
     * @param sent tokens, as they were counted before they were sent
     * @param whole tokens if everything had been sent each time
     * @param cut whether what was sent began otherwise than in the turn before
     */
    public record Turn(String message, long sent, long whole, boolean cut) {}

    static ConversationUsage of(ConversationId id, String title, Spent spent, List<Call> calls, Prices prices) {
        return new ConversationUsage(
                id,
                title,
                Charge.of(spent, prices),
                Charge.of(newestTurn(calls), prices),
                calls.stream().map(call -> PricedCall.of(call, prices)).toList(),
                turns(calls),
                prices.date());
    }

    private static Spent newestTurn(List<Call> calls) {
        List<Call> replies = replies(calls);
        Spent spent = Spent.NOTHING;
        for (int i = replies.size() - 1; i >= 0 && answersTheSame(replies, i); i--) {
            Call call = replies.get(i);
            spent = call.usage().equals(Usage.NONE)
                    ? spent
                    : spent.plus(call.model().orElse(""), call.usage());
        }
        return spent;
    }

    private static boolean answersTheSame(List<Call> replies, int index) {
        return replies.get(index)
                .parent()
                .equals(replies.get(replies.size() - 1).parent());
    }

    private static List<Call> replies(List<Call> calls) {
        return calls.stream().filter(call -> call.kind() == Call.Kind.REPLY).toList();
    }

    private static List<Turn> turns(List<Call> calls) {
        List<Turn> turns = new ArrayList<>();
        Entry.Trace before = null;
        for (Call call : replies(calls)) {
            if (call.trace().isPresent()) {
                Entry.Trace trace = call.trace().get();
                boolean cut = before != null && !before.begin().equals(trace.begin());
                add(turns, call.parent().orElse(""), trace, cut);
                before = trace;
            }
        }
        return turns;
    }

    private static void add(List<Turn> turns, String message, Entry.Trace trace, boolean cut) {
        int last = turns.size() - 1;
        if (last >= 0 && turns.get(last).message().equals(message)) {
            Turn same = turns.get(last);
            turns.set(
                    last,
                    new Turn(message, same.sent() + trace.tokens(), same.whole() + trace.whole(), same.cut() || cut));
        } else {
            turns.add(new Turn(message, trace.tokens(), trace.whole(), cut));
        }
    }
}
