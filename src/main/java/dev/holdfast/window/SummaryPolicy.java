package dev.holdfast.window;

import dev.holdfast.conversation.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Says when a summary is to be made, and of what: ahead of the next cut, so that no turn waits for it.
 *
 * <pre>
 *   tokens  high ┤                    nothing is sent beyond
 *           soft ┤        ╱│          cut behind the summary, which is ready by now
 *          ready ┤      ╱  │          a summary is begun
 *                │    ╱    │    ╱
 *            low ┤  ╱      │  ╱
 *                └─────────────────── turns
 * </pre>
 *
 * <p>What is to be summarised is chosen so that at the soft mark about the low mark remains, the summary included. Pure
 * and thread-safe.
 */
public final class SummaryPolicy {
    private final WindowRules rules;

    public SummaryPolicy(WindowRules rules) {
        this.rules = Objects.requireNonNull(rules, "rules");
    }

    /**
     * What is to be summarised.
     *
     * @param messages oldest first, whole turns; not empty
     */
    public record Due(List<Message> messages) {
        public Due {
            messages = List.copyOf(messages);
        }

        /** The last message that the summary will cover. */
        public String to() {
            return messages.get(messages.size() - 1).id();
        }
    }

    /** Most tokens that a summary is to have. */
    public int tokens() {
        return Math.max(64, rules.low() / 8);
    }

    /**
     * What is to be summarised now.
     *
     * @param sent what is sent for its own sake, from the last cut to the end of the path, oldest first
     * @param before tokens of what is sent before that: the messages kept and the present summary
     * @return empty: nothing yet, or there is no whole turn that could go
     */
    public Optional<Due> due(List<Message> sent, long before, TokenCounter counter) {
        int ready = rules.high() - (rules.high() - rules.low()) / 4;
        long tokens = before;
        for (Message message : sent) {
            tokens += counter.count(message);
        }
        if (tokens < ready) {
            return Optional.empty();
        }
        long remain = Math.max(1, rules.low() - (rules.soft() - ready) - tokens());
        long left = tokens - before;
        int end = 0;
        for (int i = 0; i < sent.size() && left > remain; ) {
            int next = endOfTurn(sent, i);
            if (next == sent.size()) {
                break; // The last turn stays.
            }
            for (Message message : sent.subList(i, next)) {
                left -= counter.count(message);
            }
            end = next;
            i = next;
        }
        return end == 0 ? Optional.empty() : Optional.of(new Due(sent.subList(0, end)));
    }

    private static int endOfTurn(List<Message> messages, int begin) {
        int end = begin + 1;
        while (end < messages.size() && !Turn.begins(messages.get(end))) {
            end++;
        }
        return end;
    }
}
