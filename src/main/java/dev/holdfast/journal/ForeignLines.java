package dev.holdfast.journal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.holdfast.journal.LineSplitter.Line;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The rules for a file of another program: whatever is a JSON object on a line of its own is handed on unchecked. */
final class ForeignLines {
    private final Path file;
    private final Consumer<JournalLine> lines;
    private final DamageReporter reporter;
    private long lastSeq = -1;
    private long soundEnd;

    ForeignLines(Path file, Consumer<JournalLine> lines, DamageReporter reporter) {
        this.file = file;
        this.lines = lines;
        this.reporter = reporter;
    }

    void take(Line line) {
        soundEnd = line.end();
        if (line.tooLong()) {
            damaged(line, "The line has " + line.length() + " bytes, more than can be read.");
            return;
        }
        if (isBlank(line)) {
            return;
        }
        try {
            JsonObject json = JournalFormat.parse(line.bytes());
            lastSeq = line.number() - 1;
            lines.accept(new JournalLine(lastSeq, json, false));
        } catch (JsonParseException e) {
            damaged(line, e.getMessage() + ".");
        }
    }

    private static boolean isBlank(Line line) {
        return line.length() < 1024 && new String(line.bytes(), StandardCharsets.ISO_8859_1).isBlank();
    }

    private void damaged(Line line, String sentence) {
        reporter.damaged(file, line.number(), line.offset(), line.end() - line.offset(), sentence);
    }

    JournalScan end() {
        return JournalScan.foreign(lastSeq, soundEnd);
    }
}
