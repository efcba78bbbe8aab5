package dev.holdfast.lifecycle;

import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.IdleState;
import java.time.Duration;

/** After how much idleness what happens. */
public record IdleTimes(Duration warn, Duration pause, Duration expire) {

    /** Where a conversation stands that has been idle for so long. */
    public FeedEvent.Idle at(Duration idle) {
        if (idle.compareTo(expire) >= 0) {
            return new FeedEvent.Idle(IdleState.EXPIRED, Duration.ZERO);
        }
        if (idle.compareTo(pause) >= 0) {
            return new FeedEvent.Idle(IdleState.PAUSED, Duration.ZERO);
        }
        IdleState state = idle.compareTo(warn) >= 0 ? IdleState.WARNED : IdleState.ACTIVE;
        return new FeedEvent.Idle(state, pause.minus(idle));
    }
}
