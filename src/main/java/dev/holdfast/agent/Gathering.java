package dev.holdfast.agent;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What telling costs is the write to each reader, not the text. So while many are being told something, each conversation
 * rests for a while after it told something, and the pieces of text that come meanwhile go out together. How many are told
 * is what counts: readers of a conversation in which nothing happens burden nobody, and delay nobody's text. Thread-safe.
 */
final class Gathering {
    /** How long a conversation rests, at least. Text that comes ten times a second still reads as being typed. */
    static final Duration REST = Duration.ofMillis(100);

    /** Conversations that told something within it rest up to so much longer, and are woken together. */
    static final Duration SPAN = Duration.ofMillis(10);

    private final TimingWheel wheel;
    private final int few;
    private final AtomicInteger readers = new AtomicInteger();

    /**
     * @param turns where conversations are woken
     * @param few while no more readers are told something within {@link #REST}, nothing rests
     */
    Gathering(Executor turns, ScheduledExecutorService timer, int few) {
        this.wheel = new TimingWheel(turns, timer, REST.plus(SPAN), SPAN);
        this.few = few;
    }

    /** Whether so many readers are being told something that conversations rest. */
    boolean crowded() {
        return readers.get() > few;
    }

    /**
     * A conversation tells its readers something, and they count for the time of a rest; then {@code rested} is run.
     *
     * @return false if there is no time any more, for the program ends
     */
    boolean told(Runnable rested, int told) {
        boolean rests = wheel.later(() -> {
            readers.addAndGet(-told);
            rested.run();
        });
        if (rests) {
            readers.addAndGet(told);
        }
        return rests;
    }
}
