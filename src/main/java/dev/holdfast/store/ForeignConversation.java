package dev.holdfast.store;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.MessageTree;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.JournalLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A conversation of another program, as it grows from its lines. A message without an id is called after its line. */
final class ForeignConversation {
    private final LineNotes notes;
    private final MessageTree tree = new MessageTree();
    private final Map<String, JsonObject> fields = new HashMap<>();

    ForeignConversation(LineNotes notes) {
        this.notes = notes;
    }

    /** The message that the path ends with; empty while there is none. */
    Optional<String> last() {
        return tree.head().map(Message::id);
    }

    boolean has(String id) {
        return tree.message(id).isPresent();
    }

    /** Lets the path end with a message. */
    void moveTo(String id) {
        tree.moveHead(Optional.of(id));
    }

    /** Adds a message of a line, at the end of the path. */
    void add(JournalLine line, Draft draft) {
        add(line, "m" + (line.seq() + 1), draft);
    }

    /**
     * Adds a message at the end of the path.
     *
     * @param fallback its id, unless it has one of its own that is not taken
     * @return its id
     */
    String add(JournalLine line, String fallback, Draft draft) {
        String id = free(draft.id().filter(own -> !has(own)).orElse(fallback));
        boolean placed = tree.add(new Message(
                id,
                draft.parent(),
                draft.role(),
                draft.content(),
                draft.timestamp(),
                Optional.empty(),
                draft.model(),
                Usage.NONE,
                Stop.COMPLETE,
                Optional.empty()));
        if (!placed) {
            notes.orphan(line);
        }
        if (!draft.fields().isEmpty()) {
            fields.put(id, draft.fields());
        }
        return id;
    }

    private String free(String wanted) {
        String id = wanted;
        for (int i = 2; has(id); i++) {
            id = wanted + "-" + i;
        }
        return id;
    }

    ReadConversation read(Origin origin, JsonObject header) {
        return ReadConversation.of(origin, header, tree, fields);
    }
}
