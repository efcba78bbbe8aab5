package dev.holdfast.window;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Chooses what a model sees of a conversation, with a high and a low mark. Nothing is left out before the history grows
 * over the high mark; then the oldest turns go, until what remains is at most the low mark. Between two such cuts the
 * beginning of what is sent stays the same, so a provider's prompt cache keeps hitting; leaving out one turn per turn
 * would miss it every time.
 *
 * <pre>
 *   tokens  high ┤      ╱│      ╱│
 *                │    ╱  │    ╱  │    ╱
 *            low ┤  ╱    │  ╱    │  ╱
 *                └─────────────────────── turns
 * </pre>
 *
 * <p>Sent are the turns that are kept from before the cut (the conversation's first, those pinned), a summary of what was left
 * out, and everything from the cut on. The first two have at most half of the low mark together. A new summary or pin
 * changes nothing before the next cut; but from the soft mark on, an eighth below the high one, a summary that reaches
 * further than the last one is reason enough for a cut, right behind what it covers.
 *
 * <p>When the high mark demands a cut, it is made right behind what a summary covers if that leaves at most the middle
 * between the marks; else as the low mark demands, an eighth of which stays free for the summary that {@link View#gap}
 * asks for.
 *
 * <p>A turn begins with a person's message and is never split, so a tool's result stays with its call. Replies without
 * content (a model failed before its first word) are not sent, nor is anything before the first person's message, a result
 * without its call, or a call without its result: providers refuse them.
 *
 * <p>A choice is a function of what is known, and the last cut determines the beginning of what is sent, so it is the same
 * after a restart. Immutable and thread-safe; one choice is linear in what was sent since the last cut.
 */
public final class MessageWindow {
    private final WindowRules rules;

    public MessageWindow(WindowRules rules) {
        this.rules = Objects.requireNonNull(rules, "rules");
    }

    /**
     * What is to be sent now.
     *
     * @throws MessageTooLongException if the turn that is to be answered has more tokens than the high mark
     * @throws IllegalArgumentException if nothing at the end of the path is to be answered
     */
    public View choose(History history, TokenCounter counter) throws MessageTooLongException {
        Choice choice = choice(history, counter);
        if (choice.leastTokens() > rules.high()) {
            throw new MessageTooLongException((int) Math.min(Integer.MAX_VALUE, choice.leastTokens()), rules.high());
        }
        return choice.view();
    }

    /**
     * What is to be summarised so that the summary is there before a cut is needed: what one that was made now would leave
     * out. Empty before three quarters of the way from the low to the high mark, and while such a summary waits to be used.
     *
     * @throws IllegalArgumentException if nothing at the end of the path is to be answered
     */
    public Optional<View.Gap> ahead(History history, TokenCounter counter) {
        return choice(history, counter).ahead();
    }

    /** Whether a turn begins with a message: with words of a person. */
    public static boolean beginsTurn(Message message) {
        return SentBlocks.beginsTurn(message);
    }

    private Choice choice(History history, TokenCounter counter) {
        List<Message> path = history.path();
        Optional<Message> last = path.isEmpty() ? Optional.empty() : Optional.of(path.get(path.size() - 1));
        Choice choice = new Choice(rules, history, counter);
        if (last.filter(MessageWindow::asks).filter(choice::sends).isEmpty()) {
            throw new IllegalArgumentException(
                    "the path ends with what is to be answered: words of a person, or the result of a call in their turn");
        }
        return choice;
    }

    private static boolean asks(Message message) {
        return message.role() == Role.USER || message.role() == Role.TOOL;
    }
}
