package dev.holdfast.agent;

/** What becomes of a turn that broke off, with the process or because the model failed. What had arrived is kept in any case. */
public enum TurnRecovery {
    /** It goes on by itself: the model is asked again, at most {@link #MOST_TRIES} times in all. */
    AUTO,
    /** A person is asked, and what waits behind it goes on waiting. */
    ASK,
    /** Nothing is asked again; what waits behind it has its turn. */
    NEVER;

    /** A turn that ends with the process so often may well be the reason; a model that failed so often will fail again. */
    public static final int MOST_TRIES = 3;
}
