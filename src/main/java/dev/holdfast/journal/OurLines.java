package dev.holdfast.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rules for a journal of ours, as {@link JournalFormat} states them.
 *
 * <p>Frames that a crash may have torn, and the deltas behind them, are held until it is known what they are: damage,
 * if something follows that is no delta; the tail, if the file ends first.
 */
final class OurLines {
    private final Path file;
    private final Consumer<JournalLine> lines;
    private final DamageReporter reporter;
    private final List<Frame> held = new ArrayList<>();
    /** Neighbouring frames that no key opens, as one, until it is known where they end. */
    private Optional<Frame> lockedStretch = Optional.empty();

    private long lastSeq;
    private long soundEnd;
    private byte[] lacking = {};
    private boolean locked;
    private boolean lockedAtEnd;
    private boolean behindBadStretch;

    OurLines(Path file, Consumer<JournalLine> lines, DamageReporter reporter) {
        this(file, lines, reporter, -1);
    }

    /** @param lastSeq the number before that of the first line that will be taken */
    OurLines(Path file, Consumer<JournalLine> lines, DamageReporter reporter, long lastSeq) {
        this.file = file;
        this.lines = lines;
        this.reporter = reporter;
        this.lastSeq = lastSeq;
    }

    /** The next frame of the file. */
    void take(Frame frame) throws JournalException {
        if (frame.locked()) {
            settle();
            lockedStretch = lockedStretch.map(before -> before.with(frame)).or(() -> Optional.of(frame));
            return;
        }
        endLockedStretch();
        if (frame.mayBeTorn()) {
            hold(frame);
            return;
        }
        if (frame.offset() == 0 && !frame.lines().isEmpty()) {
            requireKnownFormat(file, frame.lines().get(0));
        }
        if (!held.isEmpty() && !frame.settles()) {
            held.add(frame);
            return;
        }
        settle();
        accept(frame);
    }

    /** A line of another number tells that the first one is gone, and with it the name of the format. */
    static void requireKnownFormat(Path file, JournalLine first) throws JournalException {
        JsonElement format = first.json().get(JournalFormat.FORMAT);
        if (first.seq() == 0 && !new JsonPrimitive(JournalFormat.VERSION).equals(format)) {
            throw new JournalException(
                    file,
                    "has a format that this version of Holdfast does not know; it reads " + JournalFormat.VERSION + ".",
                    "Open it with the version that wrote it, or a newer one.");
        }
    }

    /** Neighbouring bad stretches become one. */
    private void hold(Frame frame) {
        int last = held.size() - 1;
        if (last >= 0 && held.get(last).mayBeTorn()) {
            held.set(last, held.get(last).with(frame));
        } else {
            held.add(frame);
        }
        if (frame.offset() == 0 && frame.closed()) {
            settle();
        }
    }

    private void endLockedStretch() {
        lockedStretch.ifPresent(this::accept);
        lockedStretch = Optional.empty();
    }

    /** What is held turned out not to be the tail. */
    private void settle() {
        held.forEach(this::accept);
        held.clear();
    }

    private void accept(Frame frame) {
        frame.fault().ifPresent(fault -> {
            reporter.damaged(file, frame.number(), frame.offset(), frame.length(), fault.sentence());
            behindBadStretch = true;
        });
        for (int i = 0; i < frame.lines().size(); i++) {
            accept(frame, i);
        }
        behindBadStretch = frame.fault().isPresent();
        lockedAtEnd = frame.locked();
        locked |= lockedAtEnd;
        soundEnd = frame.end();
        lacking = frame.lacking();
    }

    private void accept(Frame frame, int index) {
        JournalLine content = frame.lines().get(index);
        long number = frame.number() == 0 ? 0 : frame.number() + index;
        long expected = lastSeq + 1;
        if (content.seq() < expected) {
            String sentence = "The line has number " + content.seq() + ", which was passed before: it is there twice"
                    + " or in the wrong place.";
            long length = frame.lines().size() == 1 ? frame.length() : 0;
            reporter.damaged(file, number, frame.offset(), length, sentence);
            return;
        }
        long begins = JournalFormat.firstNumber(content);
        if (begins > expected && !behindBadStretch) {
            String sentence = "Before this line, "
                    + (begins - 1 == expected
                            ? "number " + expected + " is missing."
                            : "numbers " + expected + " to " + (begins - 1) + " are missing.");
            reporter.damaged(file, number, frame.offset(), 0, sentence);
        }
        lines.accept(content);
        lastSeq = content.seq();
        behindBadStretch = frame.fault().isPresent();
    }

    /** After the last frame: what was found. */
    JournalScan end() {
        endLockedStretch();
        return new JournalScan(true, lastSeq, soundEnd, lacking, locked, lockedAtEnd);
    }
}
