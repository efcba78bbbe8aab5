package dev.holdfast.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Role;
import dev.holdfast.journal.JournalLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Transcripts of Codex: records with a {@code type} and a {@code payload}. A {@code response_item} is a message, a call of a
 * tool, its result or a thought; what else there is, such as events for a screen, says the same again.
 */
final class CodexFormat implements LineFormat {
    private static final String PAYLOAD = "payload";

    private final Consumer<ReadConversation> conversations;
    private final LineNotes notes;
    private final ForeignTime time;
    private final ForeignConversation conversation;
    private JsonObject header = new JsonObject();

    CodexFormat(Consumer<ReadConversation> conversations, LineNotes notes, ForeignTime time) {
        this.conversations = conversations;
        this.notes = notes;
        this.time = time;
        this.conversation = new ForeignConversation(notes);
    }

    static boolean isRecord(JsonObject json) {
        return json.get(PAYLOAD) instanceof JsonObject;
    }

    @Override
    public void take(JournalLine line) {
        JsonObject json = line.json();
        switch (ForeignJson.text(json, "type").orElse("")) {
            case "session_meta" -> header = header.isEmpty() ? ForeignJson.object(json, PAYLOAD) : header;
            case "response_item" -> item(line, ForeignJson.object(json, PAYLOAD));
            case "" -> notes.skipped(line, "The object is no record of Codex: it has no type.");
            default -> {
                // Something for a screen, or what was told about the machine.
            }
        }
    }

    private void item(JournalLine line, JsonObject item) {
        String type = ForeignJson.text(item, "type").orElse("");
        if (type.equals("message")) {
            Optional<Role> role = ForeignJson.role(item);
            if (role.isPresent()) {
                add(line, role.get(), ForeignJson.content(item.get("content")), "content");
            } else {
                notes.skipped(line, "The message has no role that is known.");
            }
        } else if (type.endsWith("_output")) {
            add(line, Role.TOOL, ForeignJson.content(item.get("output")), "output");
        } else if (type.endsWith("_call") || type.equals("reasoning")) {
            add(line, Role.ASSISTANT, List.of(new Block.Other(item)), "");
        }
    }

    /** @param said the field of the item that became the content; empty if all of it did */
    private void add(JournalLine line, Role role, List<Block> content, String said) {
        JsonObject fields = line.json().deepCopy();
        JsonObject rest = fields.getAsJsonObject(PAYLOAD);
        JsonElement before = rest.get(said);
        if (said.isEmpty()) {
            fields.remove(PAYLOAD);
        } else {
            rest.remove("role");
            if (ForeignJson.sayAll(content, before)) {
                rest.remove(said);
            }
        }
        Optional<Instant> timestamp = time.parse(fields.get("timestamp"));
        timestamp.ifPresent(understood -> fields.remove("timestamp"));
        conversation.add(
                line,
                new Draft(
                        Optional.empty(),
                        conversation.last(),
                        role,
                        content,
                        timestamp.orElse(Instant.EPOCH),
                        Optional.empty(),
                        fields));
    }

    @Override
    public void end() {
        conversations.accept(conversation.read(Origin.CODEX, header));
    }
}
