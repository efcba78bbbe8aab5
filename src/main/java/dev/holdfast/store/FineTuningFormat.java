package dev.holdfast.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.holdfast.journal.JournalLine;
import java.util.Optional;
import java.util.function.Consumer;

/** OpenAI's fine-tuning: each line a whole conversation, {@code {"messages":[…]}}. */
final class FineTuningFormat implements LineFormat {
    private final Consumer<ReadConversation> conversations;
    private final LineNotes notes;
    private final ChatMessages messages;

    FineTuningFormat(Consumer<ReadConversation> conversations, LineNotes notes, ForeignTime time) {
        this.conversations = conversations;
        this.notes = notes;
        this.messages = new ChatMessages(time);
    }

    static boolean isConversation(JsonObject json) {
        return json.get("messages") instanceof JsonArray;
    }

    @Override
    public void take(JournalLine line) {
        if (!isConversation(line.json())) {
            notes.skipped(line, "The object is no conversation: it has no list of messages.");
            return;
        }
        ForeignConversation conversation = new ForeignConversation(notes);
        int number = 0;
        for (JsonElement element : line.json().getAsJsonArray("messages")) {
            number++;
            Optional<Draft> message =
                    element instanceof JsonObject json ? messages.read(json, conversation.last()) : Optional.empty();
            if (message.isPresent()) {
                conversation.add(line, "m" + number, message.get());
            } else {
                notes.skipped(line, "Message " + number + " of it has no role that is known.");
            }
        }
        JsonObject header = line.json().deepCopy();
        header.remove("messages");
        conversations.accept(conversation.read(Origin.FINE_TUNING, header));
    }

    @Override
    public void end() {
        // Every line was complete.
    }
}
