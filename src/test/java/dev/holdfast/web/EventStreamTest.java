package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.FeedEvent;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** One reader's connection, moved by hand: when it takes more, and when the pump runs. */
class EventStreamTest {
    private static final String PING = "event: ping\ndata: {}\n\n";

    private final Queue<Runnable> pumps = new ArrayDeque<>();
    private final Streams streams = new Streams(pumps::add, 12);
    private final Connection connection = new Connection();
    private int completed;
    private int left;
    private final EventStream stream = new EventStream(async(), connection, streams);

    private AsyncContext async() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    completed += method.getName().equals("complete") ? 1 : 0;
                    return null;
                });
    }

    private static final class Connection extends ServletOutputStream {
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        WriteListener listener;
        boolean ready = true;
        boolean broken;
        boolean takesOne;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener writeListener) {
            listener = writeListener;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("byte by byte");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (listener == null) {
                throw new AssertionError("written before the container was ready");
            }
            if (broken) {
                throw new IOException("the reader has gone");
            }
            taken.write(bytes);
            ready = !takesOne;
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    private void begin() throws IOException {
        stream.begin(() -> left++);
        connection.listener.onWritePossible();
    }

    private void pump() {
        while (!pumps.isEmpty()) {
            pumps.remove().run();
        }
    }

    private static FeedEvent title(int length) {
        return new FeedEvent.Titled("t".repeat(length));
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

    @Test
    void whatIsSaidBeforeTheContainerIsReadyWaits() throws IOException {
        stream.ping();
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
        stream.ping();
        stream.ping();
        pump();
        assertEquals("", connection.text());

        connection.ready = true;
        connection.listener.onWritePossible();
        assertEquals(PING + PING, connection.text());
        assertEquals(0, completed);
    }

    /** What waits is still told, so that the reader comes back with a cursor that is further on; nothing after it is. */
    @Test
    void readerTooFarBehindIsToldWhatWaitsAndSentAway() throws IOException {
        begin();
        connection.ready = false;
        stream.event(title(EventStream.MOST_WAITING - 1000));
        stream.event(title(2000));
        stream.ping();
        pump();

        connection.ready = true;
        connection.listener.onWritePossible();
        assertFalse(connection.text().contains("\0"));
        assertTrue(connection.text().endsWith("t\"}\n\n"));
        assertEquals(1, connection.text().split("event: ").length - 1);
        assertEquals(1, completed);
        assertEquals(1, left);
    }

    @Test
    void readerWhoHasGoneIsLeftOnce() throws IOException {
        begin();
        connection.broken = true;
        stream.ping();
        pump();
        stream.onError(new IOException("again"));
        stream.onComplete(null);

        assertEquals(1, left);
        assertEquals(1, completed);
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
        stream.ping();
        stream.end();
        stream.ping();
        pump();
        assertEquals(0, completed);

        connection.ready = true;
        connection.listener.onWritePossible();
        assertEquals(PING, connection.text());
        assertEquals(1, completed);
    }
}
