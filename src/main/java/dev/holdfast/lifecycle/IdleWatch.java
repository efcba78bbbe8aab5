package dev.holdfast.lifecycle;

import dev.holdfast.agent.LiveConversation;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.IdleState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Watches how long open conversations have been idle. Time is measured on a monotonic clock, so setting the machine's
 * clock neither pauses nor prolongs anything. One timer calls {@link #tick}; there is no thread per conversation.
 * Thread-safe.
 */
final class IdleWatch {
    private static final class Watched {
        final LiveConversation live;
        volatile long lastActivity;
        volatile IdleState told = IdleState.ACTIVE;

        Watched(LiveConversation live) {
            this.live = live;
        }
    }

    private final IdleTimes times;
    private final LongSupplier nanos;
    private final Consumer<LiveConversation> pause;
    private final Map<ConversationId, Watched> watched = new ConcurrentHashMap<>();

    /**
     * @param nanos a monotonic clock, as {@link System#nanoTime}
     * @param pause called by {@link #tick} for each conversation that has been idle for too long, until it is forgotten
     */
    IdleWatch(IdleTimes times, LongSupplier nanos, Consumer<LiveConversation> pause) {
        this.times = times;
        this.nanos = nanos;
        this.pause = pause;
    }

    /** Begins to watch. {@code idle} is how long nothing had happened when it was opened; negative counts as nothing. */
    void watch(LiveConversation live, Duration idle) {
        Watched begun = new Watched(live);
        Duration past = idle.isNegative() ? Duration.ZERO : idle;
        begun.lastActivity = nanos.getAsLong() - past.toNanos();
        begun.told = times.at(past).state();
        watched.put(live.id(), begun);
    }

    void forget(ConversationId id) {
        watched.remove(id);
    }

    /** A person did something with it. Readers who were warned are told that the warning is over. */
    void touch(LiveConversation live) {
        Watched one = watched.get(live.id());
        if (one != null) {
            one.lastActivity = nanos.getAsLong();
            tell(one);
        }
    }

    /** Where it stands now. One that is not watched is active. */
    FeedEvent.Idle state(ConversationId id) {
        Watched one = watched.get(id);
        return times.at(one == null ? Duration.ZERO : idleTime(one));
    }

    private Duration idleTime(Watched one) {
        return Duration.ofNanos(Math.max(0, nanos.getAsLong() - one.lastActivity));
    }

    /** Looks at every open conversation once. To be called about every second. */
    void tick() {
        for (Watched one : watched.values()) {
            if (one.live.running()) {
                one.lastActivity = nanos.getAsLong();
            }
            IdleState state = times.at(idleTime(one)).state();
            if (state == IdleState.PAUSED || state == IdleState.EXPIRED) {
                pause.accept(one.live);
            } else {
                tell(one);
            }
        }
    }

    private void tell(Watched one) {
        FeedEvent.Idle now = times.at(idleTime(one));
        if (now.state() != one.told) {
            one.told = now.state();
            one.live.publish(now);
        }
    }
}
