package dev.holdfast.journal;

import java.io.IOException;
import java.util.Optional;

/**
 * Finds the place of a number in a file, whatever its size, by some looks of about ten kilobytes each, or of a frame where
 * frames are larger. Numbers grow from frame to frame, mostly as evenly as the file does: so it looks where the number
 * should be, and halves what is left when that was far off. Frames that are not sound are stepped over.
 */
record NumberSearch(DiskFile opened, Framing framing) {
    /** A stretch of this size is read through rather than searched. */
    private static final long SHORT = 64 << 10;

    /** It aims so many bytes behind the place: what lies a little behind is found, what lies a little before is not. */
    private static final long BEHIND = 16 << 10;

    /** A frame: where it begins, and the number of its first line. */
    private record Place(long offset, long seq) {
        static Place of(Frame frame) {
            return new Place(frame.offset(), frame.lines().get(0).seq());
        }
    }

    /** An offset at which a frame begins, such that all frames with numbers below {@code seq} begin before it. */
    long endBefore(long seq) throws IOException {
        long size = opened.size();
        Optional<Place> last = size <= SHORT ? Optional.empty() : last(size);
        if (last.isEmpty() || last.get().seq() < seq) {
            return size;
        }
        Place low = new Place(0, 0);
        Place high = last.get();
        boolean farOff = false;
        while (high.offset() - low.offset() > SHORT) {
            long left = high.offset() - low.offset();
            double bytesALine = (double) left / Math.max(1, high.seq() - low.seq());
            long aim = (long) ((seq - low.seq()) * bytesALine) + BEHIND;
            long from = low.offset() + (farOff ? left / 2 : Math.min(aim, left - BEHIND));
            Optional<Place> found = soundFrom(from, high.offset());
            if (found.isEmpty()) {
                return high.offset();
            }
            if (found.get().seq() < seq) {
                low = found.get();
            } else {
                high = found.get();
                if ((high.seq() - seq) * bytesALine <= SHORT) {
                    return high.offset();
                }
            }
            farOff = high.offset() - low.offset() > left / 2;
        }
        return high.offset();
    }

    private Optional<Place> last(long size) throws IOException {
        FrameReader frames = framing.backward(opened, size);
        for (Optional<Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
            if (isSound(frame.get())) {
                return frame.map(Place::of);
            }
        }
        return Optional.empty();
    }

    private static boolean isSound(Frame frame) {
        return frame.fault().isEmpty() && !frame.lines().isEmpty();
    }

    /** The first sound frame that begins between two offsets; whatever lies at the first one. */
    private Optional<Place> soundFrom(long from, long to) throws IOException {
        FrameReader frames = framing.forward(opened, from);
        for (Optional<Frame> frame = frames.next();
                frame.isPresent() && frame.get().offset() < to;
                frame = frames.next()) {
            if (frame.get().offset() > from && isSound(frame.get())) {
                return frame.map(Place::of);
            }
        }
        return Optional.empty();
    }
}
