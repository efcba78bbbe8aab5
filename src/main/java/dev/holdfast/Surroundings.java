package dev.holdfast;

import dev.holdfast.journal.Disk;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.model.ChatModel;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the program finds around it and does not make.
 *
 * @param nanos a monotonic clock, as {@link System#nanoTime}
 * @param model answers in the place of the model that the settings name; empty: that one answers
 */
record Surroundings(Clock clock, LongSupplier nanos, Disk disk, Optional<ChatModel> model) {

    /** This machine's. */
    static Surroundings real() {
        return new Surroundings(Clock.tickMillis(ZoneOffset.UTC), System::nanoTime, new FileDisk(), Optional.empty());
    }
}
