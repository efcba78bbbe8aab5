package dev.holdfast.conversation;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What one line of a conversation's file says. {@code EntryJson} is its written form. */
public sealed interface Entry
        permits Message,
                Entry.ReplyStarted,
                Entry.Delta,
                Entry.Queued,
                Entry.Title,
                Entry.Head,
                Entry.Paused,
                Entry.Resumed,
                Entry.Unknown {

    /**
     * A model has been asked; {@link Delta}s of {@code id} follow, and at last the {@link Message} with that id.
     *
     * @param parent the message that is answered
     * @param model its name, as the person sees it
     */
    record ReplyStarted(String id, String parent, String model, Instant timestamp) implements Entry {
        public ReplyStarted {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(parent, "parent");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(timestamp, "timestamp");
        }
    }

    /**
     * More of a running reply. The finished message is exactly the concatenation of its deltas.
     *
     * @param id the reply's
     * @param block index of the block that grows
     * @param at where {@code text} begins in that block, in UTF-16 units; never inside a surrogate pair
     */
    record Delta(String id, int block, Block.Kind kind, int at, String text) implements Entry {
        public Delta {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(text, "text");
            if (block < 0 || at < 0) {
                throw new IllegalArgumentException("block and offset are not negative");
            }
        }
    }

    /** A person's message that waits for the running turn to end. Becomes a {@link Message} with the same id. */
    record Queued(String id, String text, Instant timestamp, Optional<String> sendKey) implements Entry {
        public Queued {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(timestamp, "timestamp");
            Objects.requireNonNull(sendKey, "sendKey");
        }
    }

    /** The conversation has a new title. */
    record Title(String title, Instant timestamp) implements Entry {}

    /** The active path now ends at message {@code id}. */
    record Head(String id, Instant timestamp) implements Entry {}

    /** Idle too long: memory was released. */
    record Paused(Instant timestamp) implements Entry {}

    /** A person came back. */
    record Resumed(Instant timestamp) implements Entry {}

    /** A line of a type that this version does not know, kept as it is. */
    record Unknown(JsonObject json) implements Entry {
        public Unknown {
            json = json.deepCopy();
        }
    }
}
