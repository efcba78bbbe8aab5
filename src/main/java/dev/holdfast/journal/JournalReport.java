package dev.holdfast.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a check of a whole file found; the check changes nothing.
 *
 * @param ours whether it is a journal of ours; the lines of others are unchecked
 * @param generation how often it was written anew, from its first line; 0 if that does not say, -1 if it is not sound
 * @param lines how many lines are sound, or in a file of another program readable
 * @param lastSeq the number of the last of them; -1 if there is none
 * @param lastForced the number of the last of them that is no delta; -1 if there is none
 * @param damage what is not as it was written, in the order of the file
 * @param tornBytes how many bytes at the end a crash left, and opening will cut off
 * @param locked whether there are lines that no key opens; they are among the damage
 */
public record JournalReport(
        Path file,
        JournalForm form,
        boolean ours,
        long generation,
        long lines,
        long lastSeq,
        long lastForced,
        List<Damage> damage,
        long tornBytes,
        boolean locked) {

    /**
     * Something before the end that is not as it was written.
     *
     * @param line the number of the line, from 1, as an editor counts
     * @param offset where it begins, in bytes
     * @param bytes how many there are; 0 if something is missing before the line
     * @param sentence what is wrong, for people; quotes no content
     */
    public record Damage(long line, long offset, long bytes, String sentence) {}

    /** Whether nothing was found that is not normal. A torn end is. */
    public boolean sound() {
        return damage.isEmpty() && (!ours || lastSeq >= 0);
    }

    static JournalReport of(DiskFile opened, Path file, Framing framing) throws IOException {
        Damages damages = new Damages();
        Count count = new Count();
        JournalScan scan = new JournalReader(opened, file, framing, damages).all(count::line);
        return new JournalReport(
                file,
                JournalForm.of(file),
                scan.ours(),
                count.generation,
                count.lines,
                scan.lastSeq(),
                count.lastForced,
                damages.found(),
                opened.size() - scan.soundEnd(),
                scan.locked());
    }

    private static final class Count {
        private long lines;
        private long generation = -1;
        private long lastForced = -1;

        void line(JournalLine line) {
            lines++;
            if (line.checked() && line.seq() == 0) {
                generation = LinePacker.generation(line.json());
            }
            if (!JournalFormat.isDelta(line.json())) {
                lastForced = line.seq();
            }
        }
    }
}
