package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** All open event streams, for what concerns every one of them, and how many are whose. Thread-safe. */
final class Streams {
    /** Long enough for a tab to be closed, and for a dead connection to be found out by a sign of life. */
    private static final int WAIT_SECONDS = 30;

    private final Pumps pumps;
    private final int mostOfOne;
    private final Formats formats = new Formats();
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final Map<Owner, Integer> places = new ConcurrentHashMap<>();
    private final Map<Named, Runnable> named = new ConcurrentHashMap<>();

    /** A stream that its reader has given a name. */
    private record Named(Owner owner, String name) {}

    /**
     * @param workers writes to the connections; its tasks never wait
     * @param mostOfOne streams that one owner may have at once
     */
    Streams(Executor workers, int mostOfOne) {
        this.pumps = new Pumps(workers);
        this.mostOfOne = mostOfOne;
    }

    Pumps pumps() {
        return pumps;
    }

    Formats formats() {
        return formats;
    }

    /** @throws HttpProblem 429 if {@code owner} has as many as are allowed */
    void check(Owner owner) {
        if (places.getOrDefault(owner, 0) >= mostOfOne) {
            throw full();
        }
    }

    /**
     * Takes a place for one more stream of {@code owner}'s.
     *
     * @return gives it back; more than once does no harm
     * @throws HttpProblem 429 if they have as many as are allowed
     */
    Runnable take(Owner owner) {
        places.compute(owner, (same, taken) -> {
            int now = taken == null ? 0 : taken;
            if (now >= mostOfOne) {
                throw full();
            }
            return now + 1;
        });
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                places.computeIfPresent(owner, (same, taken) -> taken == 1 ? null : taken - 1);
            }
        };
    }

    /**
     * Ends the stream that has this name of its owner's, if there is one. A reader who opens another in its place has left
     * it, which shows on the connection only when something is said: until then it would take up a place.
     */
    void replace(Owner owner, String name) {
        Runnable end = named.remove(new Named(owner, name));
        if (end != null) {
            end.run();
        }
    }

    /**
     * Gives a stream a name, to be found by {@link #replace}.
     *
     * @return takes the name away
     */
    Runnable name(Owner owner, String name, Runnable end) {
        Named key = new Named(owner, name);
        named.put(key, end);
        return () -> named.remove(key, end);
    }

    private HttpProblem full() {
        return HttpProblem.tooMany(
                "Too many",
                "This browser has " + mostOfOne
                        + " event streams open, and more are not allowed. Close some of its pages" + " or try again in "
                        + WAIT_SECONDS + " seconds. Nothing is lost.",
                WAIT_SECONDS);
    }

    void add(EventStream stream) {
        open.add(stream);
    }

    void remove(EventStream stream) {
        open.remove(stream);
    }

    /** How many are open. */
    int size() {
        return open.size();
    }

    /** Ends the streams of readers who may not hear more. */
    void sendAway() {
        open.forEach(EventStream::endUnlessWelcome);
    }

    /** A sign of life to every reader, and to every proxy on the way. To be called at least every 15 seconds. */
    void ping() {
        byte[] ping = EventFormat.ping();
        sendAway();
        open.forEach(stream -> stream.say(ping));
    }
}
