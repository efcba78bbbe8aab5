package dev.holdfast.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The newest frames of a file.
 *
 * @param frames in the order of the file; the first begins with the line that was looked for
 * @param fromStart whether these are all that there are
 */
record Tail(List<Frame> frames, boolean fromStart) {

    /**
     * @param oldest is shown the sound lines, the newest first, until it accepts one; not those that will be cut off
     *     with a torn end
     */
    static Tail read(FrameReader backward, Predicate<JournalLine> oldest) throws IOException {
        List<Frame> last = untilSettled(backward);
        int cut = cut(last);
        Deque<Frame> frames = new ArrayDeque<>(last.subList(cut, last.size()));
        Deque<Frame> unshown = new ArrayDeque<>(last.subList(0, cut));
        while (true) {
            Optional<Frame> next = unshown.isEmpty() ? backward.next() : Optional.of(unshown.removeLast());
            if (next.isEmpty()) {
                return new Tail(List.copyOf(frames), true);
            }
            Frame frame = next.get();
            for (int i = frame.lines().size() - 1; i >= 0; i--) {
                if (oldest.test(frame.lines().get(i))) {
                    frames.addFirst(frame.linesFrom(i));
                    return new Tail(List.copyOf(frames), i == 0 && frame.offset() == 0);
                }
            }
            frames.addFirst(frame);
        }
    }

    /** The last frames, in the order of the file, from one with a line of which it is sure that it will not be cut. */
    private static List<Frame> untilSettled(FrameReader backward) throws IOException {
        LinkedList<Frame> frames = new LinkedList<>();
        boolean settled = false;
        while (!settled) {
            Optional<Frame> frame = backward.next();
            frame.ifPresent(frames::addFirst);
            settled = frame.isEmpty()
                    || frame.get().settles() && !frame.get().lines().isEmpty();
        }
        return frames;
    }

    /** Which of the frames is the first that will be cut off; their number if none will be. */
    private static int cut(List<Frame> frames) {
        int cut = frames.size();
        for (int i = frames.size() - 1; i >= 0 && !frames.get(i).settles(); i--) {
            cut = frames.get(i).mayBeTorn() ? i : cut;
        }
        return cut;
    }
}
