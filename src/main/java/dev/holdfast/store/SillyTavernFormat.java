package dev.holdfast.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Role;
import dev.holdfast.journal.JournalLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * SillyTavern: a line about the chat, then a message a line in {@code mes}. The other answers that it keeps in {@code
 * swipes} are siblings of that one; {@code swipe_id} tells which of them it is.
 */
final class SillyTavernFormat implements LineFormat {
    private final Consumer<ReadConversation> conversations;
    private final LineNotes notes;
    private final ForeignTime time;
    private final ForeignConversation conversation;
    private JsonObject header = new JsonObject();

    SillyTavernFormat(Consumer<ReadConversation> conversations, LineNotes notes, ForeignTime time) {
        this.conversations = conversations;
        this.notes = notes;
        this.time = time;
        this.conversation = new ForeignConversation(notes);
    }

    static boolean isHeader(JsonObject json) {
        return json.has("user_name");
    }

    @Override
    public void take(JournalLine line) {
        JsonObject json = line.json();
        if (isHeader(json) && header.isEmpty()) {
            header = json;
        } else if (json.get("mes") instanceof JsonPrimitive words) {
            add(line, words.getAsString(), swipes(json));
        } else {
            notes.skipped(line, "The object is no message: it has no mes.");
        }
    }

    private static List<String> swipes(JsonObject json) {
        List<String> swipes = new ArrayList<>();
        if (json.get("swipes") instanceof JsonArray array) {
            for (JsonElement swipe : array) {
                if (swipe instanceof JsonPrimitive words) {
                    swipes.add(words.getAsString());
                }
            }
        }
        return swipes;
    }

    /** All swipes in their order; where {@code mes} is none of them, edited perhaps, it comes last. */
    private void add(JournalLine line, String words, List<String> swipes) {
        Optional<String> before = conversation.last();
        int chosen = chosen(line.json(), words, swipes);
        String name = "m" + (line.seq() + 1);
        for (int i = 0; i < swipes.size(); i++) {
            if (i != chosen) {
                conversation.add(
                        line, name + "-swipe" + i, draft(line.json(), swipes.get(i), before, new JsonObject()));
            } else {
                conversation.add(line, name, draft(line.json(), words, before, fields(line.json())));
            }
        }
        if (chosen < 0) {
            conversation.add(line, name, draft(line.json(), words, before, fields(line.json())));
        }
        conversation.moveTo(name);
    }

    private static int chosen(JsonObject json, String words, List<String> swipes) {
        int told = json.get("swipe_id") instanceof JsonPrimitive id
                        && id.getAsString().matches("[0-9]{1,6}")
                ? id.getAsInt()
                : -1;
        return told >= 0 && told < swipes.size() && swipes.get(told).equals(words) ? told : swipes.indexOf(words);
    }

    private JsonObject fields(JsonObject json) {
        JsonObject fields = json.deepCopy();
        List.of("mes", "swipes").forEach(fields::remove);
        time.parse(json.get("send_date")).ifPresent(understood -> fields.remove("send_date"));
        return fields;
    }

    private Draft draft(JsonObject json, String words, Optional<String> before, JsonObject fields) {
        Role role = ForeignJson.isTrue(json, "is_user")
                ? Role.USER
                : ForeignJson.isTrue(json, "is_system") ? Role.SYSTEM : Role.ASSISTANT;
        return new Draft(
                Optional.empty(),
                before,
                role,
                List.of(new Block.Text(words)),
                time.parse(json.get("send_date")).orElse(Instant.EPOCH),
                Optional.empty(),
                fields);
    }

    @Override
    public void end() {
        conversations.accept(conversation.read(Origin.SILLY_TAVERN, header));
    }
}
