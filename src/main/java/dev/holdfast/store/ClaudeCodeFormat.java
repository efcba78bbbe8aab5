package dev.holdfast.store;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Role;
import dev.holdfast.journal.JournalLine;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Transcripts of Claude Code: records that name the one before them in {@code parentUuid}. Those with a {@code message} are
 * messages; others, such as progress and summaries, only pass the chain on. What a subagent said hangs in the tree, off the
 * path.
 */
final class ClaudeCodeFormat implements LineFormat {
    private static final String PARENT = "parentUuid";

    private final Consumer<ReadConversation> conversations;
    private final LineNotes notes;
    private final ForeignTime time;
    private final ForeignConversation conversation;
    /** Of records that are no messages: the one before. */
    private final Map<String, Optional<String>> passedOn = new HashMap<>();

    ClaudeCodeFormat(Consumer<ReadConversation> conversations, LineNotes notes, ForeignTime time) {
        this.conversations = conversations;
        this.notes = notes;
        this.time = time;
        this.conversation = new ForeignConversation(notes);
    }

    static boolean isRecord(JsonObject json) {
        return json.has(PARENT);
    }

    @Override
    public void take(JournalLine line) {
        JsonObject json = line.json();
        JsonObject message = ForeignJson.object(json, "message");
        Optional<Role> role = ForeignJson.role(message);
        Optional<String> uuid = ForeignJson.text(json, "uuid");
        if (role.isPresent()) {
            Optional<String> mainLine = conversation.last();
            conversation.add(line, draft(json, message, role.get(), uuid));
            if (ForeignJson.isTrue(json, "isSidechain")) {
                mainLine.ifPresent(conversation::moveTo);
            }
        } else if (json.has("message")) {
            notes.skipped(line, "The message has no role that is known.");
        } else if (uuid.isPresent()) {
            passedOn.put(uuid.get(), before(json));
        } else if (!json.has("type")) {
            notes.skipped(line, "The object is no record of Claude Code: it has no type.");
        }
    }

    private Draft draft(JsonObject json, JsonObject message, Role role, Optional<String> uuid) {
        List<Block> content = ForeignJson.content(message.get("content"));
        JsonObject fields = json.deepCopy();
        JsonObject inner = fields.getAsJsonObject("message");
        List.of("role", "model").forEach(inner::remove);
        if (ForeignJson.sayAll(content, message.get("content"))) {
            inner.remove("content");
        }
        if (inner.isEmpty()) {
            fields.remove("message");
        }
        List.of("uuid", PARENT).forEach(fields::remove);
        Optional<Instant> timestamp = time.parse(json.get("timestamp"));
        timestamp.ifPresent(understood -> fields.remove("timestamp"));
        return new Draft(
                uuid,
                messageBefore(json),
                role,
                content,
                timestamp.orElse(Instant.EPOCH),
                ForeignJson.text(message, "model"),
                fields);
    }

    /** Where a long conversation was summarised a new chain begins, and says what it goes on from. */
    private static Optional<String> before(JsonObject json) {
        return ForeignJson.text(json, PARENT).or(() -> ForeignJson.text(json, "logicalParentUuid"));
    }

    private Optional<String> messageBefore(JsonObject json) {
        if (!json.has(PARENT)) {
            return conversation.last();
        }
        Optional<String> at = before(json);
        Set<String> seen = new HashSet<>();
        while (at.isPresent() && passedOn.containsKey(at.get()) && seen.add(at.get())) {
            at = passedOn.get(at.get());
        }
        return at;
    }

    @Override
    public void end() {
        conversations.accept(conversation.read(Origin.CLAUDE_CODE, new JsonObject()));
    }
}
