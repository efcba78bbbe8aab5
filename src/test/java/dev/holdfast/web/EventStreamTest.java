package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.FeedEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** One reader's connection, moved by hand: when it takes more, and when the pump runs. */
class EventStreamTest {
    private static final String PING = "event: ping\ndata: {}\n\n";

    private final Queue<Runnable> pumps = new ArrayDeque<>();
    private final Streams streams = new Streams(pumps::add, 12);
    private final HandConnection connection = new HandConnection();
    private int left;
    private final EventStream stream = new EventStream(connection.async(), connection, streams, () -> true);

    private void begin() throws IOException {
        stream.begin(() -> left++);
        connection.listener.onWritePossible();
    }

    private void pump() {
        while (!pumps.isEmpty()) {
            pumps.remove().run();
        }
    }

    private static byte[] title(int length) {
        return EventFormat.alone().write(new FeedEvent.Titled("t".repeat(length)));
    }

    @Test
    void pingReachesEveryOpenStream() throws IOException {
        begin();
        streams.ping();
        pump();
        assertEquals(PING, connection.text());

        stream.onComplete(null);
        streams.ping();
        pump();
        assertEquals(PING, connection.text());
    }

    /** Waking a thread costs more than a write. */
    @Test
    void fewTasksWriteToManyStreams() throws IOException {
        List<HandConnection> connections = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            HandConnection other = new HandConnection();
            new EventStream(other.async(), other, streams, () -> true).begin(() -> {});
            other.listener.onWritePossible();
            connections.add(other);
        }
        streams.ping();
        assertEquals(4, pumps.size());

        pumps.remove().run();
        connections.forEach(each -> assertEquals(PING, each.text()));
        pump();
        streams.ping();
        assertEquals(4, pumps.size(), "tasks that are over are not counted on");
    }

    @Test
    void whatIsSaidBeforeTheContainerIsReadyWaits() throws IOException {
        stream.say(EventFormat.ping());
        pump();
        assertEquals("", connection.text());

        begin();
        pump();
        assertEquals(PING, connection.text());
    }

    @Test
    void slowReaderGetsTheRestWhenItTakesMore() throws IOException {
        begin();
        connection.ready = false;
        stream.say(EventFormat.ping());
        stream.say(EventFormat.ping());
        pump();
        assertEquals("", connection.text());

        connection.ready = true;
        connection.listener.onWritePossible();
        assertEquals(PING + PING, connection.text());
        assertEquals(0, connection.completed);
    }

    /** What waits is still told, so that the reader comes back with a cursor that is further on; nothing after it is. */
    @Test
    void readerTooFarBehindIsToldWhatWaitsAndSentAway() throws IOException {
        begin();
        connection.ready = false;
        stream.say(title(EventStream.MOST_WAITING - 1000));
        stream.say(title(2000));
        stream.say(EventFormat.ping());
        pump();

        connection.ready = true;
        connection.listener.onWritePossible();
        assertFalse(connection.text().contains("\0"));
        assertTrue(connection.text().endsWith("t\"}\n\n"));
        assertEquals(1, connection.text().split("event: ").length - 1);
        assertEquals(1, connection.completed);
        assertEquals(1, left);
    }

    @Test
    void readerWhoHasGoneIsLeftOnce() throws IOException {
        begin();
        connection.broken = true;
        stream.say(EventFormat.ping());
        pump();
        stream.onError(new IOException("again"));
        stream.onComplete(null);

        assertEquals(1, left);
        assertEquals(1, connection.completed);
    }

    @Test
    void readerWhoGoesBeforeItBeginsIsLeftToo() {
        stream.onError(new IOException("gone"));
        stream.begin(() -> left++);

        assertEquals(1, left);
    }

    @Test
    void endComesAfterTheLastEvent() throws IOException {
        begin();
        connection.ready = false;
        stream.say(EventFormat.ping());
        stream.end();
        stream.say(EventFormat.ping());
        pump();
        assertEquals(0, connection.completed);

        connection.ready = true;
        connection.listener.onWritePossible();
        assertEquals(PING, connection.text());
        assertEquals(1, connection.completed);
    }
}
