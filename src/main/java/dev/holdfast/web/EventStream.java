package dev.holdfast.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One reader's connection, as
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>. Costs no thread: what
 * is to be said waits in a queue, and a pump writes as much as the connection takes without waiting. After a write it may
 * rest, and text then waits for the end of that; see {@link Gathering}. A reader who is too slow is told what waits and
 * then sent away; it catches up when it comes back with its cursor. Thread-safe.
 */
final class EventStream implements WriteListener, AsyncListener {
    /** Most bytes that may wait for a slow reader. A single event may be larger: else it could never be told. */
    static final int MOST_WAITING = 1 << 20;

    private static final WrittenEvent[] NOTHING = {};
    private static final WrittenEvent[] END = {};

    /** A queue that was longer once does not stay so. */
    private static final int MOST_KEPT = 32;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Streams streams;
    private final BooleanSupplier welcome;
    /** Guards all that follows. Nothing is written under it. */
    private final Object lock = new Object();

    private List<WrittenEvent> waiting = new ArrayList<>();
    private int waitingBytes;
    /** Whether something waits that is not to wait for the end of a rest. */
    private boolean pressing;

    /** Whether something was written within the time of a rest, and it will be told when that is over. */
    private boolean counted;
    /** Whether text waits until then. */
    private boolean resting;
    /** Whether there was a rest since the last write, so that text was gathered. */
    private boolean rested;
    /** Whether what the pump writes was. */
    private boolean gathered;
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

    void say(WrittenEvent event) {
        boolean pump;
        synchronized (lock) {
            if (over || ending) {
                return;
            }
            if (waitingBytes > 0 && waitingBytes + event.length() > MOST_WAITING) {
                ending = true;
            } else {
                waiting.add(event);
                waitingBytes += event.length();
                pressing |= !event.patient();
            }
            pump = beginPumping();
        }
        if (pump) {
            streams.pumps().execute(this::pump);
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
            streams.pumps().execute(this::pump);
        }
    }

    /** The time of a rest after a write is over: writes what has come meanwhile, on the thread that calls. */
    void rested() {
        boolean pump;
        synchronized (lock) {
            counted = false;
            rested |= resting;
            resting = false;
            pump = beginPumping();
        }
        if (pump) {
            pump();
        }
    }

    private boolean beginPumping() {
        boolean begins = !pumping && !over && due();
        pumping |= begins;
        return begins;
    }

    /** Whether there is something to write now. */
    private boolean due() {
        return ending || pressing || !resting && !waiting.isEmpty();
    }

    private void pump() {
        try {
            write();
        } catch (IOException | IllegalStateException e) {
            finish();
        }
    }

    /** Writes while the connection takes more. When it does not, the container calls {@link #onWritePossible} later. */
    private void write() throws IOException {
        while (!isOver() && out.isReady()) { // When it is over, the container may use it for the next request.
            WrittenEvent[] next = next();
            if (next.length == 0) {
                if (next == END) {
                    finish();
                }
                return;
            }
            // Jetty keeps nothing back of a write like this one, so there is nothing to be flushed.
            out.write(WrittenEvent.together(next, gathered));
        }
    }

    private boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }

    /** All that waits, if any of it is to be written now. If not, the pump ends; {@link #END}: with the stream. */
    private WrittenEvent[] next() {
        synchronized (lock) {
            if (over || waiting.isEmpty() || !due()) {
                pumping = ending;
                return ending ? END : NOTHING;
            }
            WrittenEvent[] all = waiting.toArray(NOTHING);
            if (all.length < MOST_KEPT) {
                waiting.clear();
            } else {
                waiting = new ArrayList<>();
            }
            waitingBytes = 0;
            pressing = false;
            gathered = rested || resting;
            rested = false;
            if (!counted) { // Once: what presses may be written in the middle of a rest.
                counted = streams.gathering().wrote(this);
                resting = counted && streams.gathering().crowded();
            }
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

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
