package dev.holdfast.web;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.lifecycle.ListedConversation;
import java.util.Locale;
import java.util.Optional;

/**
 * The written form of what readers are told. The {@code id:} of an event is the cursor of one who has seen it. On a
 * stream of several conversations the cursor's conversation stands before it, and in the data.
 */
final class EventFormat {
    /** A real event and not a comment, so that a page's script sees it too. */
    private static final String PING = "event: ping\ndata: {}\n\n";

    private final String conversation;
    /** What was written last: an event is told to all readers, one after the other, and looks the same to all. */
    private volatile Written last = new Written(null, null);

    private record Written(FeedEvent event, WrittenEvent written) {}

    /** How the last piece of text began. */
    private volatile Opening opening = new Opening("", -1, null, "");

    private record Opening(String reply, int block, Block.Kind kind, String written) {}

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

    static WrittenEvent ping() {
        return WrittenEvent.patient(PING);
    }

    /** There is no such conversation, or it is not the reader's. */
    WrittenEvent gone() {
        return event("gone", new JsonObject(), Optional.empty());
    }

    /** The conversation could not be read just now. */
    WrittenEvent failed() {
        return event("failed", new JsonObject(), Optional.empty());
    }

    /** A change in the reader's list. */
    WrittenEvent listed(String title, ListedConversation.State state) {
        JsonObject json = new JsonObject();
        json.addProperty("title", title);
        json.addProperty("state", state.name().toLowerCase(Locale.ROOT));
        return event("listed", json, Optional.empty());
    }

    /** It is in the trash now. */
    WrittenEvent unlisted() {
        JsonObject json = new JsonObject();
        json.addProperty("state", "deleted");
        return event("listed", json, Optional.empty());
    }

    WrittenEvent write(FeedEvent event) {
        Written before = last;
        if (before.event == event) {
            return before.written;
        }
        WrittenEvent written = event instanceof FeedEvent.Grown grown ? piece(grown) : whole(event);
        last = new Written(event, written);
        return written;
    }

    private WrittenEvent whole(FeedEvent event) {
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

    /** The text comes last in its JSON, so that a piece can be joined to the one before it. */
    private WrittenEvent piece(FeedEvent.Grown grown) {
        OpenReply.Part part = grown.part();
        String text = new JsonPrimitive(part.text()).toString();
        return WrittenEvent.piece(
                new WrittenEvent.Place(
                        conversation,
                        grown.seq(),
                        part.block(),
                        part.at(),
                        part.at() + part.text().length()),
                head("delta", grown.cursor()),
                opening(grown.id(), part) + part.at() + ",\"text\":\"",
                text.substring(1, text.length() - 1),
                "\"}\n\n");
    }

    /** The same for all pieces of a block, up to its place. */
    private String opening(String reply, OpenReply.Part part) {
        Opening before = opening;
        if (before.block == part.block() && before.kind == part.kind() && before.reply.equals(reply)) {
            return before.written;
        }
        JsonObject json = new JsonObject();
        if (!conversation.isEmpty()) {
            json.addProperty("conversation", conversation);
        }
        json.addProperty("id", reply);
        json.addProperty("block", part.block());
        json.addProperty("kind", part.kind().name().toLowerCase(Locale.ROOT));
        String all = json.toString();
        String written = "data: " + all.substring(0, all.length() - 1) + ",\"at\":";
        opening = new Opening(reply, part.block(), part.kind(), written);
        return written;
    }

    private static JsonObject saved(String id, String parent, boolean queued, Optional<String> key) {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("parent", parent);
        json.addProperty("queued", queued);
        key.ifPresent(given -> json.addProperty("key", given));
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
    private WrittenEvent event(String name, JsonObject data, Optional<Cursor> cursor) {
        if (!conversation.isEmpty()) {
            data.addProperty("conversation", conversation);
        }
        return WrittenEvent.of(head(name, cursor) + "data: " + data + "\n\n");
    }

    private String head(String name, Optional<Cursor> cursor) {
        String before = conversation.isEmpty() ? "" : conversation + ":";
        return cursor.map(at -> "id: " + before + at + "\n").orElse("") + "event: " + name + "\n";
    }
}
