package dev.holdfast.web.view;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;

/**
 * What a conversation used, for {@code usage.html}.
 *
 * @param conversation its id
 * @param title empty if it has none yet
 * @param all of the whole conversation
 * @param turn of the newest turn
 * @param calls the newest, newest first
 * @param more whether there may be older calls
 * @param pricesOf the day of which the prices are
 */
public record UsageView(
        String conversation,
        String title,
        Sum all,
        Sum turn,
        ChartView chart,
        List<Call> calls,
        boolean more,
        LocalDate pricesOf) {

    /**
     * What calls took.
     *
     * @param tokens with what they cost as far as that is known
     * @param unpriced names of the models of which the price is not known
     */
    public record Sum(Totals tokens, List<String> unpriced) {
        public Sum {
            Objects.requireNonNull(tokens, "tokens");
            unpriced = List.copyOf(unpriced);
        }
    }

    /**
     * One call.
     *
     * @param id of the reply or the summary
     * @param summary whether a summary was asked for, rather than a reply
     * @param model empty if it is not known
     * @param firstWord seconds until the first word; empty if none came, or it is not known
     * @param took seconds until the end; empty if it is not known
     * @param stop how it ended
     * @param traced whether what was sent can be shown
     */
    public record Call(
            String id,
            boolean summary,
            ZonedDateTime asked,
            String model,
            Totals tokens,
            String firstWord,
            String took,
            String stop,
            List<String> tools,
            boolean traced) {
        public Call {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(asked, "asked");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(tokens, "tokens");
            Objects.requireNonNull(firstWord, "firstWord");
            Objects.requireNonNull(took, "took");
            Objects.requireNonNull(stop, "stop");
            tools = List.copyOf(tools);
        }
    }

    public UsageView {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(all, "all");
        Objects.requireNonNull(turn, "turn");
        Objects.requireNonNull(chart, "chart");
        calls = List.copyOf(calls);
        Objects.requireNonNull(pricesOf, "pricesOf");
    }
}
