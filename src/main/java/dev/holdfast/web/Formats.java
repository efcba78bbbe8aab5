package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import java.util.HashMap;
import java.util.Map;

/**
 * The formats of all conversations that are watched: one for all readers of a conversation, for it remembers what it wrote
 * last. Thread-safe.
 */
final class Formats {
    private final Map<Key, Used> used = new HashMap<>();

    private record Key(ConversationId id, boolean named) {}

    private static final class Used {
        final EventFormat format;
        int readers;

        Used(EventFormat format) {
            this.format = format;
        }
    }

    /** @param named whether events name their conversation, as on a stream of several */
    synchronized EventFormat take(ConversationId id, boolean named) {
        Used one = used.computeIfAbsent(
                new Key(id, named), key -> new Used(named ? EventFormat.of(id.value()) : EventFormat.alone()));
        one.readers++;
        return one.format;
    }

    /** A reader has left, who took it. */
    synchronized void give(ConversationId id, boolean named) {
        used.computeIfPresent(new Key(id, named), (key, one) -> {
            one.readers--;
            return one.readers == 0 ? null : one;
        });
    }
}
