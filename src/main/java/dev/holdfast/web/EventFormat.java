package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.lifecycle.ListedConversation;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The written form of what readers are told. The {@code id:} of an event is the cursor of one who has seen it. On a
 * stream of several conversations the cursor's conversation stands before it, and in the data.
 */
final class EventFormat {
    /** A real event and not a comment, so that a page's script sees it too. */
    private static final byte[] PING = bytes("event: ping\ndata: {}\n\n");

    private final String conversation;
    /** What was written last: an event is told to all readers, one after the other, and looks the same to all. */
    private volatile Written last = new Written(null, null);

    private record Written(FeedEvent event, byte[] written) {}

    private EventFormat(String conversation) {
        this.conversation = conversation;
    }

    /** Of a stream that knows one conversation only. */
    static EventFormat alone() {
        return new EventFormat("");
    }

    /** Of one conversation among several, as the reader named it. */
    static EventFormat of(String conversation) {
        return new EventFormat(conversation);
    }

    static byte[] ping() {
        return PING;
    }

    /** There is no such conversation, or it is not the reader's. */
    byte[] gone() {
        return event("gone", new JsonObject(), Optional.empty());
    }

    /** The conversation could not be read just now. */
    byte[] failed() {
        return event("failed", new JsonObject(), Optional.empty());
    }

    /** A change in the reader's list. */
    byte[] listed(String title, ListedConversation.State state) {
        JsonObject json = new JsonObject();
        json.addProperty("title", title);
        json.addProperty("state", state.name().toLowerCase(Locale.ROOT));
        return event("listed", json, Optional.empty());
    }

    /** It is in the trash now. */
    byte[] unlisted() {
        JsonObject json = new JsonObject();
        json.addProperty("state", "deleted");
        return event("listed", json, Optional.empty());
    }

    byte[] write(FeedEvent event) {
        Written before = last;
        if (before.event == event) {
            return before.written;
        }
        byte[] written = written(event);
        last = new Written(event, written);
        return written;
    }

    private byte[] written(FeedEvent event) {
        if (event instanceof FeedEvent.Saved saved) {
            Message message = saved.message();
            return event(
                    "saved",
                    saved(message.id(), message.parent().orElse(null), false, message.sendKey()),
                    event.cursor());
        }
        if (event instanceof FeedEvent.Waiting waits) {
            Entry.Queued queued = waits.queued();
            return event("saved", saved(queued.id(), null, true, queued.sendKey()), event.cursor());
        }
        if (event instanceof FeedEvent.ReplyBegun begun) {
            JsonObject json = new JsonObject();
            json.addProperty("id", begun.start().id());
            json.addProperty("parent", begun.start().parent());
            json.addProperty("model", begun.start().model());
            begun.start().replaces().ifPresent(other -> json.addProperty("replaces", other));
            return event("reply", json, event.cursor());
        }
        if (event instanceof FeedEvent.Grown grown) {
            return event("delta", grown(grown), event.cursor());
        }
        if (event instanceof FeedEvent.Moved moved) {
            JsonObject json = new JsonObject();
            json.addProperty("id", moved.head().orElse(null));
            return event("head", json, event.cursor());
        }
        if (event instanceof FeedEvent.Done done) {
            return event("done", done(done.message()), event.cursor());
        }
        if (event instanceof FeedEvent.Titled titled) {
            JsonObject json = new JsonObject();
            json.addProperty("title", titled.title());
            return event("title", json, event.cursor());
        }
        if (event instanceof FeedEvent.Cut cut) {
            JsonObject json = new JsonObject();
            json.addProperty("from", cut.window().from());
            return event("window", json, event.cursor());
        }
        if (event instanceof FeedEvent.Kept kept) {
            JsonObject json = new JsonObject();
            json.addProperty("id", kept.pin().id());
            json.addProperty("kept", kept.pin().pinned());
            return event("kept", json, event.cursor());
        }
        FeedEvent.Idle idle = (FeedEvent.Idle) event;
        JsonObject json = new JsonObject();
        json.addProperty("state", idle.state().name().toLowerCase(Locale.ROOT));
        json.addProperty("secondsLeft", idle.left().toSeconds());
        return event("idle", json, event.cursor());
    }

    private static JsonObject saved(String id, String parent, boolean queued, Optional<String> key) {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("parent", parent);
        json.addProperty("queued", queued);
        key.ifPresent(given -> json.addProperty("key", given));
        return json;
    }

    private static JsonObject grown(FeedEvent.Grown grown) {
        OpenReply.Part part = grown.part();
        JsonObject json = new JsonObject();
        json.addProperty("id", grown.id());
        json.addProperty("block", part.block());
        json.addProperty("kind", part.kind().name().toLowerCase(Locale.ROOT));
        json.addProperty("at", part.at());
        json.addProperty("text", part.text());
        return json;
    }

    private static JsonObject done(Message message) {
        JsonObject json = new JsonObject();
        json.addProperty("id", message.id());
        json.addProperty("state", message.stop().wire());
        json.add("usage", MessageJson.usage(message.usage()));
        message.cause().ifPresent(cause -> json.addProperty("cause", cause));
        return json;
    }

    /** JSON has no raw line breaks, so the data is always one line. */
    private byte[] event(String name, JsonObject data, Optional<Cursor> cursor) {
        if (!conversation.isEmpty()) {
            data.addProperty("conversation", conversation);
        }
        return bytes(head(name, cursor) + "data: " + data + "\n\n");
    }

    private String head(String name, Optional<Cursor> cursor) {
        String before = conversation.isEmpty() ? "" : conversation + ":";
        return cursor.map(at -> "id: " + before + at + "\n").orElse("") + "event: " + name + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
