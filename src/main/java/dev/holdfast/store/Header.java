package dev.holdfast.store;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Transcript;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What the first line of a conversation's file says; the journal adds the {@code format}.
 *
 * <pre>
 *   {"_type":"metadata","format":"holdfast/1","generation":1,"channel_key":"web:…","created_at":"…","owner":"h:…"}
 * </pre>
 */
record Header(ConversationId id, Owner owner, String channelKey, Instant createdAt) {

    JsonObject write() {
        JsonObject json = new JsonObject();
        json.addProperty("_type", "metadata");
        json.addProperty("generation", 1);
        json.addProperty("channel_key", channelKey);
        json.addProperty("created_at", createdAt.toString());
        json.addProperty("owner", owner.name());
        return json;
    }

    /** Makes the line say that the conversation is {@code to}'s. */
    static JsonObject given(JsonObject line, Owner to) {
        line.addProperty("owner", to.name());
        return line;
    }

    /** Empty if it is no such line. */
    static Optional<Header> read(ConversationId id, JsonObject json) {
        try {
            return json.has("_type") && json.get("_type").getAsString().equals("metadata") && json.has("owner")
                    ? Optional.of(new Header(
                            id,
                            new Owner(json.get("owner").getAsString()),
                            json.get("channel_key").getAsString(),
                            Instant.parse(json.get("created_at").getAsString())))
                    : Optional.empty();
        } catch (DateTimeException
                | IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException
                | NullPointerException e) {
            return Optional.empty();
        }
    }

    Listing listing(Transcript transcript, boolean damaged) {
        Instant active = transcript.lastActivity().isAfter(createdAt) ? transcript.lastActivity() : createdAt;
        return new Listing(id, owner, channelKey, transcript.title(), createdAt, active, damaged);
    }
}
