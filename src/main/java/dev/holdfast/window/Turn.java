package dev.holdfast.window;

import dev.holdfast.conversation.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A person's message and all that follows until the next one's: what is sent or left out together.
 *
 * @param all its messages; of the first turn also those before the person's, which are never sent
 * @param sent what of them can be sent; begins with the person's message
 * @param tokens what is sent costs by the counter
 */
record Turn(List<Message> all, List<Message> sent, long tokens) {

    /** The turns of a path, oldest first. */
    static List<Turn> of(List<Message> path, TokenCounter counter) {
        List<Turn> turns = new ArrayList<>();
        int begin = 0;
        int person = -1;
        for (int i = 0; i < path.size(); i++) {
            if (SentBlocks.beginsTurn(path.get(i))) {
                if (person >= 0) {
                    turns.add(of(path, begin, person, i, counter));
                    begin = i;
                }
                person = i;
            }
        }
        if (person >= 0) {
            turns.add(of(path, begin, person, path.size(), counter));
        }
        return turns;
    }

    private static Turn of(List<Message> path, int begin, int person, int end, TokenCounter counter) {
        List<Message> sent = ToolPairs.legal(path.subList(person, end));
        long tokens = 0;
        for (Message message : sent) {
            tokens += counter.count(message);
        }
        return new Turn(path.subList(begin, end), sent, tokens);
    }

    /** The person's message. */
    String id() {
        return sent.get(0).id();
    }

    Message lastMessage() {
        return all.get(all.size() - 1);
    }

    Message lastSent() {
        return sent.get(sent.size() - 1);
    }
}
