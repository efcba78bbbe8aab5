package dev.holdfast.store;

import dev.holdfast.conversation.Message;
import dev.holdfast.journal.Journals;
import dev.holdfast.store.StoredConversation.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of a conversation before the part that is in memory. Remembers where the last pages began, so that turning to the
 * next one need not look for it. Thread-safe.
 */
final class EarlierPages {
    private static final int REMEMBERED = 64;

    /** Where to read: only lines before {@code begin} are not in memory. */
    record Place(Journals journals, Path file, long begin) {}

    /** Where a page began: the number of its oldest message's line. */
    private final Map<String, Long> begins = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Up to {@code limit} messages before {@code messageId}.
     *
     * @param oldest the oldest message that is in memory, if that is on the path from {@code messageId}; else null
     */
    Page before(Place place, Message oldest, String messageId, int limit) throws IOException {
        if (oldest != null) {
            return read(place, place.begin(), oldest.parent(), limit);
        }
        long before = begin(messageId).map(begin -> begin + 1).orElse(place.begin());
        PathReader reader = new PathReader(place.journals(), place.file(), before, Optional.of(messageId), limit + 1);
        List<Message> found = reader.read();
        boolean there = !found.isEmpty() && found.get(found.size() - 1).id().equals(messageId);
        return there ? page(found.subList(0, found.size() - 1), reader) : new Page(List.of(), false);
    }

    private Page read(Place place, long before, Optional<String> wanted, int limit) throws IOException {
        PathReader reader = new PathReader(place.journals(), place.file(), before, wanted, limit);
        return page(reader.read(), reader);
    }

    private Page page(List<Message> messages, PathReader reader) {
        if (!messages.isEmpty()) {
            remember(messages.get(0).id(), reader.reached());
        }
        return new Page(messages, reader.hasEarlier());
    }

    private synchronized Optional<Long> begin(String messageId) {
        return Optional.ofNullable(begins.get(messageId));
    }

    private synchronized void remember(String messageId, long seq) {
        begins.put(messageId, seq);
    }
}
