package dev.holdfast.architecture.bad.store;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.LongSupplier;

class ReadsClock {
    Instant now = Instant.now();

    static class AsMethodReference {
        LongSupplier ticker = System::nanoTime;
    }

    static class OfZone {
        LocalDate today = LocalDate.now(ZoneId.of("UTC"));
    }

    /** Is handed one. */
    static class Handed {
        Instant now(Clock clock) {
            return Instant.now(clock);
        }
    }
}
