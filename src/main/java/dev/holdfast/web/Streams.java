package dev.holdfast.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** All open event streams, for what concerns every one of them. Thread-safe. */
final class Streams {
    private final Executor pumps;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

    /** @param pumps writes to the connections; its tasks never wait */
    Streams(Executor pumps) {
        this.pumps = pumps;
    }

    Executor pumps() {
        return pumps;
    }

    void add(EventStream stream) {
        open.add(stream);
    }

    void remove(EventStream stream) {
        open.remove(stream);
    }

    /** A sign of life to every reader, and to every proxy on the way. To be called at least every 15 seconds. */
    void ping() {
        open.forEach(EventStream::ping);
    }
}
