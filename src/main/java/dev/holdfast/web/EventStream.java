package dev.holdfast.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One reader's connection, as
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>. Costs no thread: what
 * is to be said waits in a queue, and a pump writes as much as the connection takes without waiting. A reader who is too
 * slow is told what waits and then sent away; it catches up when it comes back with its cursor. Thread-safe.
 */
final class EventStream implements WriteListener, AsyncListener {
    /** Most bytes that may wait for a slow reader. A single event may be larger: else it could never be told. */
    static final int MOST_WAITING = 1 << 20;

    private static final byte[][] NOTHING = {};
    private static final byte[][] END = {};

    /** A queue that was longer once does not stay so. */
    private static final int MOST_KEPT = 32;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Streams streams;
    private final BooleanSupplier welcome;
    /** Guards all that follows. Nothing is written under it. */
    private final Object lock = new Object();

    private List<byte[]> waiting = new ArrayList<>();
    private int waitingBytes;
    /**
     * While a pump is on its way or writes, or the container will call when the connection takes more: there is never a
     * second one. From the start, for the container calls first: before that, writing would wait.
     */
    private boolean pumping = true;

    private boolean ending;
    private boolean over;
    private Runnable leave = () -> {};

    /** @param welcome whether the reader may hear what is said, still */
    EventStream(AsyncContext async, ServletOutputStream out, Streams streams, BooleanSupplier welcome) {
        this.async = async;
        this.out = out;
        this.streams = streams;
        this.welcome = welcome;
    }

    /** Begins. {@code leave} is run when the reader has gone. */
    void begin(Runnable leaving) {
        boolean late;
        synchronized (lock) {
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

    /** Sends a reader away who may not hear more: when they come back they are told why. */
    void endUnlessWelcome() {
        if (!welcome.getAsBoolean()) {
            end();
        }
    }

    /** @param event in its written form, which is not to be changed: it is the same for all readers */
    void say(byte[] event) {
        boolean pump;
        synchronized (lock) {
            if (over || ending) {
                return;
            }
            if (waitingBytes > 0 && waitingBytes + event.length > MOST_WAITING) {
                ending = true;
            } else {
                waiting.add(event);
                waitingBytes += event.length;
            }
            pump = beginPumping();
        }
        if (pump) {
            streams.pumps().add(this);
        }
    }

    /** There is no more to say. */
    void end() {
        boolean pump;
        synchronized (lock) {
            ending = true;
            pump = beginPumping();
        }
        if (pump) {
            streams.pumps().add(this);
        }
    }

    private boolean beginPumping() {
        boolean begins = !pumping && !over;
        pumping |= begins;
        return begins;
    }

    void pump() {
        try {
            write();
        } catch (IOException | IllegalStateException e) {
            finish();
        }
    }

    /** Writes while the connection takes more. When it does not, the container calls {@link #onWritePossible} later. */
    private void write() throws IOException {
        while (!isOver() && out.isReady()) { // When it is over, the container may use it for the next request.
            byte[][] next = next();
            if (next.length == 0) {
                if (next == END) {
                    finish();
                }
                return;
            }
            // Jetty keeps nothing back of a write like this one, so there is nothing to be flushed.
            out.write(together(next));
        }
    }

    private static ByteBuffer together(byte[][] events) {
        if (events.length == 1) {
            return ByteBuffer.wrap(events[0]);
        }
        int length = 0;
        for (byte[] event : events) {
            length += event.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (byte[] event : events) {
            bytes.put(event);
        }
        return bytes.flip();
    }

    private boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }

    /** All that waits. If nothing does, the pump ends; {@link #END}: with the stream. */
    private byte[][] next() {
        synchronized (lock) {
            if (over || waiting.isEmpty()) {
                pumping = ending;
                return ending ? END : NOTHING;
            }
            byte[][] all = waiting.toArray(NOTHING);
            if (all.length < MOST_KEPT) {
                waiting.clear();
            } else {
                waiting = new ArrayList<>();
            }
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
        synchronized (lock) {
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
}
