package dev.holdfast.store;

import com.google.gson.JsonObject;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.JournalLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells by its first lines which program wrote a file, and hands all of them to the {@link LineFormat} for that one.
 *
 * <pre>
 *   checked by a checksum                      ours
 *   _type is metadata, without our format      nanobot
 *   user_name                                  SillyTavern
 *   messages                                   fine-tuning; LibreChat, no file of lines, if a conversationId is with it
 *   parentUuid                                 Claude Code
 *   payload                                    Codex
 *   role                                       conversation-codec
 * </pre>
 */
final class FormatDetection implements Consumer<JournalLine> {
    /** Records that tell nothing come first in some files, but not more. */
    private static final int MOST_UNDECIDED = 100;

    private final Path file;
    private final Consumer<ReadConversation> conversations;
    private final LineNotes notes;
    private final ForeignTime time;
    private final List<JournalLine> undecided = new ArrayList<>();
    private long lines;
    private Optional<LineFormat> format = Optional.empty();
    private Optional<JournalException> refusal = Optional.empty();

    FormatDetection(Path file, Consumer<ReadConversation> conversations, LineNotes notes, ForeignTime time) {
        this.file = file;
        this.conversations = conversations;
        this.notes = notes;
        this.time = time;
    }

    @Override
    public void accept(JournalLine line) {
        lines++;
        if (format.isPresent()) {
            format.get().take(line);
        } else if (refusal.isEmpty()) {
            undecided.add(line);
            decide(line);
        }
    }

    private void decide(JournalLine line) {
        if (isDocument(line.json())) {
            refusal = Optional.of(FileHead.document(file));
            return;
        }
        format = formatOf(line);
        format.ifPresent(decided -> undecided.forEach(decided::take));
        if (format.isEmpty() && undecided.size() == MOST_UNDECIDED) {
            refusal = Optional.of(unknown());
        }
    }

    /** A whole export on one line. */
    private static boolean isDocument(JsonObject json) {
        return json.has("messagesTree")
                || json.has("conversationId") && json.has("messages")
                || json.has("chat_messages")
                || json.get("mapping") instanceof JsonObject
                || ForeignJson.object(json, "chat").has("history");
    }

    private Optional<LineFormat> formatOf(JournalLine line) {
        JsonObject json = line.json();
        if (line.checked()) {
            return Optional.of(new OurFormat(conversations, notes, true));
        } else if (MessageLinesFormat.isMetadata(json)) {
            return Optional.of(new MessageLinesFormat(conversations, notes, time));
        } else if (SillyTavernFormat.isHeader(json)) {
            return Optional.of(new SillyTavernFormat(conversations, notes, time));
        } else if (FineTuningFormat.isConversation(json)) {
            return Optional.of(new FineTuningFormat(conversations, notes, time));
        } else if (ClaudeCodeFormat.isRecord(json)) {
            return Optional.of(new ClaudeCodeFormat(conversations, notes, time));
        } else if (CodexFormat.isRecord(json)) {
            return Optional.of(new CodexFormat(conversations, notes, time));
        } else if (json.has("role")) {
            return Optional.of(new MessageLinesFormat(conversations, notes, time));
        }
        return Optional.empty();
    }

    /** How many lines there were. */
    long lines() {
        return lines;
    }

    /** After the last line. @throws JournalException if this is no conversation that can be read */
    void end() throws JournalException {
        if (format.isEmpty() && refusal.isEmpty() && lines > 0) {
            refusal = Optional.of(unknown());
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        format.ifPresent(LineFormat::end);
    }

    private JournalException unknown() {
        return new JournalException(
                file,
                "has lines of JSON, but is no conversation of a kind that is known here.",
                "A file with a message a line has a role in each.");
    }
}
