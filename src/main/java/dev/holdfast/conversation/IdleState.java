package dev.holdfast.conversation;

/** Where an idle conversation stands. */
public enum IdleState {
    ACTIVE,
    /** Will be paused soon. */
    WARNED,
    /** Its memory was released; nothing is lost. */
    PAUSED,
    /** Idle past its time to live; still readable, and goes on when asked to. */
    EXPIRED
}
