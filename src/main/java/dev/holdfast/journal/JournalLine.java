package dev.holdfast.journal;

import com.google.gson.JsonObject;
import java.util.Objects;

/**
 * One sound line of a journal.
 *
 * @param seq its sequence number; in a file of another program the number of lines before it
 * @param json what it says, without {@code seq} and {@code crc}; numbers keep their text
 * @param checked whether a checksum proved it unchanged; false in files of other programs, which have none
 */
public record JournalLine(long seq, JsonObject json, boolean checked) {
    public JournalLine {
        Objects.requireNonNull(json, "json");
    }
}
