package dev.holdfast.conversation;

import java.util.Locale;
import java.util.Optional;

/** Why an assistant's message ends where it ends. Persisted by {@link #wire()}; names are never reused. */
public enum Stop {
    /** The model had finished. */
    COMPLETE,
    /** The model reached the limit of what it may answer. */
    LENGTH,
    /** A person pressed Stop; the text is what had arrived. */
    STOPPED,
    /** The process died or was shut down in mid-reply; the text is what had been saved. */
    INTERRUPTED,
    /** The model failed in mid-reply or before it; the text is what had arrived, perhaps none. */
    FAILED;

    /** Whether it is the model that ended it; then its provider has also said what it took. */
    public boolean saidByModel() {
        return this == COMPLETE || this == LENGTH;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Stop> parse(String wire) {
        for (Stop stop : values()) {
            if (stop.wire().equals(wire)) {
                return Optional.of(stop);
            }
        }
        return Optional.empty();
    }
}
