package dev.holdfast.web;

import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Subscriber;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One reader's connection, as
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>. Costs no thread: what
 * is to be said waits in a queue, and a pump writes as much as the connection takes without waiting. A reader who is too
 * slow is told what waits and then sent away; it catches up when it comes back with its cursor. Thread-safe.
 */
final class EventStream implements Subscriber, WriteListener, AsyncListener {
    /** Most bytes that may wait for a slow reader. A single event may be larger: else it could never be told. */
    static final int MOST_WAITING = 1 << 20;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Streams streams;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    /** Set while a pump is on its way; from the start, for the container calls first: before that, writing would wait. */
    private final AtomicBoolean pumping = new AtomicBoolean(true);

    private int waitingBytes;
    private boolean ending;
    private boolean unflushed;
    private boolean over;
    private Runnable leave = () -> {};

    EventStream(AsyncContext async, ServletOutputStream out, Streams streams) {
        this.async = async;
        this.out = out;
        this.streams = streams;
    }

    /** Begins. {@code leave} is run when the reader has gone. */
    void begin(Runnable leaving) {
        boolean late;
        synchronized (waiting) {
            leave = leaving;
            late = over;
        }
        if (late) {
            leaving.run();
            return;
        }
        streams.add(this);
        async.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    public void event(FeedEvent event) {
        say(EventFormat.ALONE.write(event));
    }

    void ping() {
        say(EventFormat.ping());
    }

    /** @param event as {@link EventFormat} writes it */
    void say(byte[] event) {
        synchronized (waiting) {
            if (over || ending) {
                return;
            }
            if (waitingBytes > 0 && waitingBytes + event.length > MOST_WAITING) {
                ending = true;
            } else {
                waiting.add(event);
                waitingBytes += event.length;
            }
        }
        pumpSoon();
    }

    @Override
    public void end() {
        synchronized (waiting) {
            ending = true;
        }
        pumpSoon();
    }

    private void pumpSoon() {
        if (pumping.compareAndSet(false, true)) {
            streams.pumps().execute(this::pump);
        }
    }

    private void pump() {
        pumping.set(false);
        try {
            write();
        } catch (IOException | IllegalStateException e) {
            finish();
        }
    }

    /** Writes while the connection takes more. When it does not, the container calls {@link #onWritePossible} later. */
    private void write() throws IOException {
        boolean finished = false;
        synchronized (out) {
            while (!finished && !isOver() && out.isReady()) {
                byte[] next = next();
                if (next.length > 0) {
                    out.write(next);
                    unflushed = true;
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else if (isEnding()) {
                    finished = true;
                } else {
                    return;
                }
            }
        }
        if (finished) {
            finish();
        }
    }

    private boolean isOver() {
        synchronized (waiting) {
            return over;
        }
    }

    private boolean isEnding() {
        synchronized (waiting) {
            return ending && waiting.isEmpty();
        }
    }

    /** All that waits, in one piece. */
    private byte[] next() {
        synchronized (waiting) {
            byte[] all = new byte[waitingBytes];
            int at = 0;
            for (byte[] event : waiting) {
                System.arraycopy(event, 0, all, at, event.length);
                at += event.length;
            }
            waiting.clear();
            waitingBytes = 0;
            return all;
        }
    }

    private void finish() {
        if (gone()) {
            async.complete();
        }
    }

    /** Ends the watching; false if that was done before. */
    private boolean gone() {
        Runnable leaving;
        synchronized (waiting) {
            if (over) {
                return false;
            }
            over = true;
            leaving = leave;
        }
        streams.remove(this);
        leaving.run();
        return true;
    }

    @Override
    public void onWritePossible() {
        pump();
    }

    @Override
    public void onError(Throwable failure) {
        finish();
    }

    /** The container has ended the request, by itself perhaps. */
    @Override
    public void onComplete(AsyncEvent event) {
        gone();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        finish();
    }

    @Override
    public void onError(AsyncEvent event) {
        finish();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
