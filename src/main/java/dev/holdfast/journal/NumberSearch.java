package dev.holdfast.journal;

import java.io.IOException;
import java.util.Optional;

/**
 * Finds the place of a number in a file by halving, for numbers grow from frame to frame. Looks at some fifty kilobytes
 * for each halving, whatever the file's size. Frames that are not sound are stepped over.
 */
record NumberSearch(DiskFile opened, Framing framing) {
    /** A stretch of this size is read through rather than halved. */
    private static final long SHORT = 256 << 10;

    /** An offset at which a frame begins, such that all frames with numbers below {@code seq} begin before it. */
    long endBefore(long seq) throws IOException {
        long low = 0;
        long high = opened.size();
        while (high - low > SHORT) {
            long middle = low + (high - low) / 2;
            Optional<Frame> frame = soundFrom(middle, high);
            if (frame.isEmpty()) {
                return high;
            }
            if (frame.get().lines().get(0).seq() >= seq) {
                high = frame.get().offset();
            } else if (frame.get().offset() > low) {
                low = frame.get().offset();
            } else {
                return high;
            }
        }
        return high;
    }

    /** The first sound frame that begins between two offsets; whatever lies at the first one. */
    private Optional<Frame> soundFrom(long from, long to) throws IOException {
        FrameReader frames = framing.forward(opened, from);
        for (Optional<Frame> frame = frames.next();
                frame.isPresent() && frame.get().offset() < to;
                frame = frames.next()) {
            boolean begins = frame.get().offset() > from;
            if (begins && frame.get().fault().isEmpty() && !frame.get().lines().isEmpty()) {
                return frame;
            }
        }
        return Optional.empty();
    }
}
