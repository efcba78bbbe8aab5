package dev.holdfast.store;

import com.google.gson.JsonObject;
import dev.holdfast.journal.JournalLine;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A message a line, as conversation-codec and nanobot write it, and we when we write for others. Lines with a {@code _type}
 * are no messages: nanobot's metadata and {@code provider_state}.
 */
final class MessageLinesFormat implements LineFormat {
    private static final String TYPE = "_type";

    private final Consumer<ReadConversation> conversations;
    private final LineNotes notes;
    private final ChatMessages messages;
    private final ForeignConversation conversation;
    private Origin origin = Origin.MESSAGE_LINES;
    private JsonObject header = new JsonObject();

    MessageLinesFormat(Consumer<ReadConversation> conversations, LineNotes notes, ForeignTime time) {
        this.conversations = conversations;
        this.notes = notes;
        this.messages = new ChatMessages(time);
        this.conversation = new ForeignConversation(notes);
    }

    static boolean isMetadata(JsonObject json) {
        return ForeignJson.text(json, TYPE).filter("metadata"::equals).isPresent();
    }

    @Override
    public void take(JournalLine line) {
        JsonObject json = line.json();
        if (isMetadata(json) && header.isEmpty()) {
            header = json;
            origin = Origin.NANOBOT;
        } else if (json.has(TYPE)) {
            return;
        } else {
            Optional<Draft> message = messages.read(json, conversation.last());
            if (message.isPresent()) {
                conversation.add(line, message.get());
            } else {
                notes.skipped(
                        line,
                        json.has("role")
                                ? "The message has a role that is not known."
                                : "The object is no message: it has no role.");
            }
        }
    }

    @Override
    public void end() {
        conversations.accept(conversation.read(origin, header));
    }
}
