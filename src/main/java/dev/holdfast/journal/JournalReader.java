package dev.holdfast.journal;

import dev.holdfast.journal.LineSplitter.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads one file by the rules of {@link JournalFormat}, from its start, its end or a number on; changes nothing. Sound
 * lines go to a consumer, in order, everything else to the reporter.
 *
 * @param opened read by one thread at a time
 */
record JournalReader(DiskFile opened, Path file, Framing framing, DamageReporter reporter) {

    /**
     * Reads all.
     *
     * @throws JournalException if it is a journal in a format that is not known
     */
    JournalScan all(Consumer<JournalLine> lines) throws IOException {
        return isForeign() ? foreign(lines) : forward(0, new OurLines(file, lines, reporter));
    }

    /** Only the plain form is written by other programs too. */
    private boolean isForeign() throws IOException {
        if (JournalForm.of(file) != JournalForm.PLAIN) {
            return false;
        }
        LineSplitter splitter = splitter();
        Optional<Line> first = splitter.next();
        if (first.isEmpty()) {
            return true;
        }
        if (JournalFormat.looksLikeOurs(first.get().bytes())) {
            return false;
        }
        Optional<Line> second = splitter.next();
        return second.isEmpty() || !JournalFormat.sealed(second.get().bytes());
    }

    private LineSplitter splitter() {
        return new LineSplitter(opened, 0, JournalFormat.MAX_LINE_BYTES);
    }

    private JournalScan foreign(Consumer<JournalLine> lines) throws IOException {
        ForeignLines rules = new ForeignLines(file, lines, reporter);
        LineSplitter splitter = splitter();
        for (Optional<Line> line = splitter.next(); line.isPresent(); line = splitter.next()) {
            Optional<byte[]> whole =
                    line.get().number() == 1 ? framing.openWhole(line.get().bytes()) : Optional.empty();
            if (whole.isPresent()) {
                takeLines(whole.get(), rules);
            } else {
                rules.take(line.get());
            }
        }
        return rules.end();
    }

    private static void takeLines(byte[] text, ForeignLines rules) {
        int from = 0;
        for (long number = 1; from < text.length; number++) {
            int to = from;
            while (to < text.length && text[to] != '\n') {
                to++;
            }
            rules.take(new Line(number, from, to - from, Arrays.copyOfRange(text, from, to), to < text.length));
            from = to + 1;
        }
    }

    /**
     * Reads from the first line whose number is {@code fromSeq} or more, without what lies before it. Where that is, is
     * searched by halving.
     */
    JournalScan from(long fromSeq, Consumer<JournalLine> lines) throws IOException {
        Consumer<JournalLine> wanted = line -> {
            if (line.seq() >= fromSeq) {
                lines.accept(line);
            }
        };
        if (isForeign()) {
            return foreign(wanted);
        }
        FrameReader backward = framing.backward(opened, new NumberSearch(opened, framing).endBefore(fromSeq));
        for (Optional<Frame> frame = backward.next(); frame.isPresent(); frame = backward.next()) {
            List<JournalLine> found = frame.get().lines();
            if (frame.get().fault().isEmpty()
                    && !found.isEmpty()
                    && found.get(0).seq() <= fromSeq) {
                long before = JournalFormat.firstNumber(found.get(0)) - 1;
                return forward(frame.get().offset(), new OurLines(file, wanted, reporter, before));
            }
        }
        return forward(0, new OurLines(file, wanted, reporter));
    }

    /**
     * Reads from the end back to the newest line, or the one before, … that {@code oldest} accepts, and hands over that
     * line and all behind it; before them the file's first line. Of what lies between nothing is read, nor is it known
     * whether it is sound.
     *
     * @param oldest is shown the sound lines, the newest first, until it accepts one; may count
     */
    JournalScan tail(Predicate<JournalLine> oldest, Consumer<JournalLine> lines) throws IOException {
        if (isForeign()) {
            return foreignTail(oldest, lines);
        }
        Tail tail = Tail.read(framing.backward(opened, opened.size()), oldest);
        if (tail.fromStart()) {
            return take(tail.frames(), new OurLines(file, lines, reporter));
        }
        first(lines);
        long before = JournalFormat.firstNumber(tail.frames().get(0).lines().get(0)) - 1;
        return take(tail.frames(), new OurLines(file, lines, reporter, before));
    }

    /**
     * Shows sound lines whose numbers are below {@code seq}, the newest first, until {@code goOn} has seen enough. What
     * lies behind them is searched by halving, not read; what is not sound is passed over.
     */
    void before(long seq, Predicate<JournalLine> goOn) throws IOException {
        if (isForeign()) {
            List<JournalLine> all = new ArrayList<>();
            foreign(all::add);
            show(all, seq, goOn);
            return;
        }
        FrameReader backward = framing.backward(opened, new NumberSearch(opened, framing).endBefore(seq));
        for (Optional<Frame> frame = backward.next(); frame.isPresent(); frame = backward.next()) {
            if (!show(frame.get().lines(), seq, goOn)) {
                return;
            }
        }
    }

    private static boolean show(List<JournalLine> lines, long seq, Predicate<JournalLine> goOn) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).seq() < seq && !goOn.test(lines.get(i))) {
                return false;
            }
        }
        return true;
    }

    private JournalScan take(List<Frame> frames, OurLines rules) throws JournalException {
        for (Frame frame : frames) {
            rules.take(frame);
        }
        return rules.end();
    }

    private void first(Consumer<JournalLine> lines) throws IOException {
        Frame frame = framing.forward(opened, 0).next().orElseThrow(); // Something was found behind it.
        if (frame.fault().isPresent()) {
            reporter.damaged(file, 1, 0, frame.length(), frame.fault().get().sentence());
            return;
        }
        JournalLine first = frame.lines().get(0);
        if (first.seq() == 0) {
            OurLines.requireKnownFormat(file, first);
            lines.accept(first);
        }
    }

    private JournalScan foreignTail(Predicate<JournalLine> oldest, Consumer<JournalLine> lines) throws IOException {
        List<JournalLine> all = new ArrayList<>();
        JournalScan scan = foreign(all::add);
        int from = all.size() - 1;
        while (from > 0 && !oldest.test(all.get(from))) {
            from--;
        }
        all.subList(Math.max(0, from), all.size()).forEach(lines);
        return scan;
    }

    private JournalScan forward(long offset, OurLines rules) throws IOException {
        FrameReader frames = framing.forward(opened, offset);
        for (Optional<Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
            rules.take(frame.get());
        }
        return rules.end();
    }
}
