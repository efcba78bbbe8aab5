package dev.holdfast.journal;

import dev.holdfast.journal.Frame.Fault;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the members of a file, from some member's start on. A bad stretch goes on until bytes that are a sound member,
 * whole: by chance there are none. Of a bad member those lines are kept whose own checksums prove them.
 */
final class GzipFrames implements FrameReader {
    private static final int CHUNK = 1 << 14;

    /** A header may begin in one chunk and end in the next. */
    private static final int OVERLAP = 9;

    private final DiskFile file;
    private FileWindow window;
    private long offset;
    private long number = 1;

    GzipFrames(DiskFile file, long offset) {
        this.file = file;
        this.offset = offset;
    }

    /** Looks at nothing from {@code end} on; numbers no lines. */
    GzipFrames(DiskFile file, FileWindow window, long offset) {
        this.file = file;
        this.window = window;
        this.offset = offset;
        this.number = 0;
    }

    @Override
    public Optional<Frame> next() throws IOException {
        if (window == null) {
            window = new FileWindow(file, file.size());
        }
        if (offset >= window.size()) {
            return Optional.empty();
        }
        GzipMember member = GzipMember.read(window, offset);
        PackedLines packed = PackedLines.judge(member.content(), null);
        Frame frame = isSound(member) ? sound(member, packed) : bad(member, packed);
        offset = frame.end();
        number += number == 0 ? 0 : frame.lines().size();
        return Optional.of(frame);
    }

    private static boolean isSound(GzipMember member) {
        return member.sound() && member.content().length > 0;
    }

    private Frame sound(GzipMember member, PackedLines packed) throws IOException {
        byte[] mark = GzipMember.mark((int) (member.end() - offset));
        boolean closed = Arrays.equals(mark, window.from(member.end(), mark.length));
        long end = closed ? member.end() + mark.length : member.end();
        Frame frame = packed.fault().isPresent()
                ? Frame.faulty(
                        number,
                        offset,
                        end,
                        packed.lines(),
                        new Fault(packed.fault().get(), Fault.Kind.DAMAGED))
                : Frame.sound(number, offset, end, packed.lines());
        return closed ? frame : frame.lacking(mark);
    }

    private Frame bad(GzipMember member, PackedLines packed) throws IOException {
        List<JournalLine> saved = packed.lines();
        String sentence = member.fault().orElse("No lines are packed here.");
        long end = nextSound(offset + 1);
        Frame frame = Frame.faulty(number, offset, end, saved, Fault.torn(sentence));
        return end < window.size() ? frame : frame.lacking(GzipMember.mark(0));
    }

    private long nextSound(long from) throws IOException {
        for (long at = from; at < window.size(); at += CHUNK) {
            byte[] bytes = window.from(at, CHUNK + OVERLAP);
            for (int i = GzipMember.firstIn(bytes, 0); i >= 0; i = GzipMember.firstIn(bytes, i + 1)) {
                if (isSound(GzipMember.read(window, at + i))) {
                    return at + i;
                }
            }
        }
        return window.size();
    }
}
