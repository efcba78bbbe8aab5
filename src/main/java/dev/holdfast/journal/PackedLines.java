package dev.holdfast.journal;

import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Lines that were packed or sealed together, judged one by one.
 *
 * @param lines the sound ones, in order
 * @param fault what is wrong with the first of the others; empty if there are none
 */
record PackedLines(List<JournalLine> lines, Optional<String> fault) {

    /** @param file the name that each line must bear; null if none need to */
    static PackedLines judge(byte[] content, String file) {
        List<JournalLine> lines = new ArrayList<>();
        String fault = null;
        int from = 0;
        while (from < content.length) {
            int to = from;
            while (to < content.length && content[to] != '\n') {
                to++;
            }
            try {
                lines.add(JournalFormat.read(Arrays.copyOfRange(content, from, to), file));
            } catch (JsonParseException e) {
                fault = fault == null ? e.getMessage() + "." : fault;
            }
            from = to + 1;
        }
        return new PackedLines(lines, Optional.ofNullable(fault));
    }
}
