package dev.holdfast.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the members of a file from its end, by the mark behind each. Where there is none, or its member is bad, the
 * marks before are tried; what lies between is read forward.
 */
final class BackwardGzipFrames implements FrameReader {
    private static final int CHUNK = 1 << 14;

    private final DiskFile file;
    private final FileWindow window;
    /** Those that were read and not handed out yet, the last one first. */
    private final Deque<Frame> found = new ArrayDeque<>();

    private long end;

    BackwardGzipFrames(DiskFile file, long end) {
        this.file = file;
        this.window = new FileWindow(file, end);
        this.end = end;
    }

    @Override
    public Optional<Frame> next() throws IOException {
        if (found.isEmpty() && end > 0) {
            Optional<Frame> closed = closedAt(end);
            if (closed.isPresent()) {
                found.push(closed.get());
            } else {
                readForward(soundEndBefore(end));
            }
            end = found.getLast().offset();
        }
        return Optional.ofNullable(found.poll());
    }

    /** The sound frame that ends at {@code at}, mark included. */
    private Optional<Frame> closedAt(long at) throws IOException {
        OptionalInt size = GzipMember.closedBy(window.before(at, GzipMember.MARK));
        if (size.isEmpty() || at - GzipMember.MARK - size.getAsInt() < 0) {
            return Optional.empty();
        }
        int length = size.getAsInt() + GzipMember.MARK;
        window.before(at, length);
        return new GzipFrames(file, window, at - length)
                .next()
                .filter(frame -> !frame.mayBeTorn() && frame.end() == at);
    }

    /** All frames from {@code from} to the end, the last one first. */
    private void readForward(long from) throws IOException {
        GzipFrames forward = new GzipFrames(file, new FileWindow(file, end), from);
        for (Optional<Frame> frame = forward.next(); frame.isPresent(); frame = forward.next()) {
            found.push(frame.get());
        }
    }

    /** The last place before {@code before} where a sound frame ends; 0 if there is none. */
    private long soundEndBefore(long before) throws IOException {
        for (long to = before; to > 0; to -= Math.min(to, CHUNK)) {
            int length = (int) Math.min(to, CHUNK);
            byte[] bytes = window.from(to - length, length + GzipMember.MARK);
            for (int i = GzipMember.lastMarkIn(bytes, length); i >= 0; i = GzipMember.lastMarkIn(bytes, i)) {
                long end = to - length + i + GzipMember.MARK;
                if (end <= before && closedAt(end).isPresent()) {
                    return end;
                }
            }
        }
        return 0;
    }
}
