package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Listing;

/** A conversation in somebody's list, and what it is doing. */
public record ListedConversation(Listing listing, State state) {
    /** What a list shows beside the title. */
    public enum State {
        ACTIVE,
        /** A reply is being written. */
        RUNNING,
        PAUSED,
        /** Some of it could not be read. */
        DAMAGED
    }
}
