package dev.holdfast.window;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.util.ArrayList;
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
 * <p>The choice is a function of the path and of the last cut: the rule is replayed from that cut on, at every message at
 * which a model was asked, and so arrives at the same cuts after a restart. A turn begins with a person's message and
 * is never split, so a tool's result stays with its call. Immutable and thread-safe; one choice is linear in what is sent.
 */
public final class MessageWindow {
    private final TokenCounter counter;
    private final int high;
    private final int low;

    /**
     * @param high most tokens of messages that are ever sent
     * @param low tokens that remain at most after a cut, unless the last turn alone has more; less than {@code high}
     */
    public MessageWindow(TokenCounter counter, int high, int low) {
        this.counter = Objects.requireNonNull(counter, "counter");
        if (low < 0 || high <= low) {
            throw new IllegalArgumentException("the low mark is below the high mark, and not negative");
        }
        this.high = high;
        this.low = low;
    }

    /**
     * What the model sees.
     *
     * @param messages oldest first; begins with a person's and ends with the last of the path
     * @param tokens what they cost by the counter
     * @param leftOut how many messages of the path were cut off at the front, now or by the last cut
     */
    public record View(List<Message> messages, int tokens, int leftOut) {
        public View {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Chooses from the active path. Replies without content (a model failed before its first word) are not sent, nor is
     * anything before the first person's message.
     *
     * @param path oldest first; ends with the message that is to be answered: a person's, or a tool's result
     * @param cut the message with which the last view began; empty, or one that is not on the path: nothing was cut
     * @throws MessageTooLongException if the turn that is to be answered has more tokens than the high mark
     * @throws IllegalArgumentException if nothing in the path is to be answered
     */
    public View choose(List<Message> path, Optional<String> cut) throws MessageTooLongException {
        if (path.isEmpty() || path.get(path.size() - 1).role() == Role.ASSISTANT) {
            throw new IllegalArgumentException("the path ends with a message to answer");
        }
        Replay replay = new Replay();
        int begin = begin(path, cut);
        path.subList(begin, path.size()).forEach(replay::add);
        if (replay.turns.isEmpty()) {
            throw new IllegalArgumentException("the path has a person's message");
        }
        if (replay.tokens > high) {
            throw new MessageTooLongException((int) Math.min(Integer.MAX_VALUE, replay.tokens), high);
        }
        List<Message> messages = new ArrayList<>();
        replay.turns.subList(replay.first, replay.turns.size()).forEach(turn -> messages.addAll(turn.messages));
        int leftOut = begin
                + replay.turns.subList(0, replay.first).stream()
                        .mapToInt(turn -> turn.messages.size())
                        .sum();
        return new View(messages, (int) replay.tokens, leftOut);
    }

    private static int begin(List<Message> path, Optional<String> cut) {
        for (int i = 0; i < path.size() && cut.isPresent(); i++) {
            if (path.get(i).id().equals(cut.get())) {
                return i;
            }
        }
        return 0;
    }

    private static boolean beginsTurn(Message message) {
        return message.role() == Role.USER
                && !message.content().stream().anyMatch(block -> Blocks.hasType(block, "tool_result"));
    }

    private static boolean isSent(Message message) {
        return message.role() != Role.ASSISTANT || message.content().stream().anyMatch(MessageWindow::saysSomething);
    }

    private static boolean saysSomething(Block block) {
        return block instanceof Block.Text text ? !text.text().isBlank() : block instanceof Block.Other;
    }

    /** The rule, applied message by message. */
    private final class Replay {
        private final List<Turn> turns = new ArrayList<>();
        /** Index of the first turn that is sent. */
        private int first;
        /** Of the turns that are sent. */
        private long tokens;

        void add(Message message) {
            if (beginsTurn(message)) {
                turns.add(new Turn());
            } else if (turns.isEmpty() || !isSent(message)) {
                return;
            }
            int cost = counter.count(message);
            turns.get(turns.size() - 1).add(message, cost);
            tokens += cost;
            if (message.role() != Role.ASSISTANT && tokens > high) {
                cut();
            }
        }

        private void cut() {
            while (tokens > low && first < turns.size() - 1) {
                tokens -= turns.get(first++).tokens;
            }
        }
    }

    private static final class Turn {
        private final List<Message> messages = new ArrayList<>();
        private long tokens;

        void add(Message message, int cost) {
            messages.add(message);
            tokens += cost;
        }
    }
}
