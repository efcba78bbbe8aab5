package dev.holdfast.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.holdfast.journal.LineSplitter.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rules for a journal of ours, as {@link JournalFormat} states them.
 *
 * <p>Bad lines, and the deltas behind them, are held until it is known what they are: damage, if a sound line that is
 * no delta follows; the tail, if the file ends first.
 */
final class OurLines implements LineRules {
    private sealed interface Held permits BadStretch, SoundLine {}

    /** Neighbouring bad lines, as one. */
    private record BadStretch(long number, long offset, long end, String sentence) implements Held {
        BadStretch with(Line next) {
            return new BadStretch(number, offset, next.end(), sentence);
        }
    }

    private record SoundLine(Line line, JournalLine content) implements Held {}

    private final Path file;
    private final Consumer<JournalLine> lines;
    private final DamageReporter reporter;
    private final List<Held> held = new ArrayList<>();
    private long lastSeq = -1;
    private long soundEnd;
    private boolean lineEndMissing;
    private boolean behindBadStretch;

    OurLines(Path file, Consumer<JournalLine> lines, DamageReporter reporter) {
        this.file = file;
        this.lines = lines;
        this.reporter = reporter;
    }

    @Override
    public void take(Line line) throws JournalException {
        JournalLine content;
        try {
            content = JournalFormat.unseal(parseSealed(line));
        } catch (JsonParseException e) {
            hold(line, e.getMessage() + ".");
            return;
        }
        if (line.number() == 1) {
            requireKnownFormat(content);
        }
        if (!held.isEmpty() && JournalFormat.isDelta(content.json())) {
            held.add(new SoundLine(line, content));
            return;
        }
        settle();
        accept(line, content);
    }

    private static JsonObject parseSealed(Line line) {
        if (line.tooLong()) {
            throw new JsonParseException("The line has " + line.length() + " bytes, more than any that was written");
        }
        if (!JournalFormat.sealed(line.bytes())) {
            throw new JsonParseException(
                    line.ended()
                            ? "The line is not as it was written: its checksum does not match"
                            : "The line is unfinished");
        }
        return JournalFormat.parse(line.bytes());
    }

    /** A line of another number tells that the first one is gone, and with it the name of the format. */
    private void requireKnownFormat(JournalLine first) throws JournalException {
        JsonElement format = first.json().get(JournalFormat.FORMAT);
        if (first.seq() == 0 && !new JsonPrimitive(JournalFormat.VERSION).equals(format)) {
            throw new JournalException(
                    file,
                    "has a format that this version of Holdfast does not know; it reads " + JournalFormat.VERSION + ".",
                    "Open it with the version that wrote it, or a newer one.");
        }
    }

    private void hold(Line line, String sentence) {
        int last = held.size() - 1;
        if (last >= 0 && held.get(last) instanceof BadStretch stretch) {
            held.set(last, stretch.with(line));
        } else {
            held.add(new BadStretch(line.number(), line.offset(), line.end(), sentence));
        }
        if (line.number() == 1 && line.ended()) {
            settle();
        }
    }

    /** What is held turned out not to be the tail. */
    private void settle() {
        for (Held each : held) {
            if (each instanceof SoundLine sound) {
                accept(sound.line(), sound.content());
            } else if (each instanceof BadStretch bad) {
                reporter.damaged(file, bad.number(), bad.offset(), bad.end() - bad.offset(), bad.sentence());
                behindBadStretch = true;
                soundEnd = bad.end();
            }
        }
        held.clear();
    }

    private void accept(Line line, JournalLine content) {
        long expected = lastSeq + 1;
        if (content.seq() < expected) {
            String sentence = "The line has number " + content.seq() + ", which was passed before: it is there twice"
                    + " or in the wrong place.";
            reporter.damaged(file, line.number(), line.offset(), line.end() - line.offset(), sentence);
        } else {
            if (content.seq() > expected && !behindBadStretch) {
                long last = content.seq() - 1;
                String sentence = "Before this line, "
                        + (last == expected
                                ? "number " + last + " is missing."
                                : "numbers " + expected + " to " + last + " are missing.");
                reporter.damaged(file, line.number(), line.offset(), 0, sentence);
            }
            lines.accept(content);
            lastSeq = content.seq();
        }
        behindBadStretch = false;
        soundEnd = line.end();
        lineEndMissing = !line.ended();
    }

    @Override
    public JournalScan end() {
        return new JournalScan(true, lastSeq, soundEnd, lineEndMissing);
    }
}
