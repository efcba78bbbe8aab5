package dev.holdfast.window;

import dev.holdfast.conversation.Message;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Counts each message of one conversation once and remembers the count by the message's id: messages never change. It
 * remembers every message that it is asked about; call {@link #retain} with those that are still looked at, else it grows
 * as the conversation does. Another counter, for another model, needs another one of these.
 *
 * <p>Thread-safe. Two threads that ask for the same new message may both count it.
 */
public final class CountedMessages implements TokenCounter {
    private final TokenCounter counter;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    public CountedMessages(TokenCounter counter) {
        this.counter = Objects.requireNonNull(counter, "counter");
    }

    @Override
    public int count(Message message) {
        Integer known = counts.get(message.id());
        if (known != null) {
            return known;
        }
        int count = counter.count(message);
        counts.put(message.id(), count);
        return count;
    }

    @Override
    public int perRequest() {
        return counter.perRequest();
    }

    /** Forgets all messages but these. */
    public void retain(Collection<Message> messages) {
        Set<String> ids = messages.stream().map(Message::id).collect(Collectors.toUnmodifiableSet());
        counts.keySet().retainAll(ids);
    }

    /** How many messages it remembers. */
    public int size() {
        return counts.size();
    }
}
