package dev.holdfast.conversation;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
                Entry.Deleted,
                Entry.Restored,
                Entry.Window,
                Entry.Checkpoint,
                Entry.Unknown {

    /**
     * A model has been asked; {@link Delta}s of {@code id} follow, and at last the {@link Message} with that id.
     *
     * @param parent the message that is answered
     * @param model its name, as the person sees it
     * @param replaces the answer to the same message in whose place it comes; empty if it is the first one
     */
    record ReplyStarted(String id, String parent, String model, Optional<String> replaces, Instant timestamp)
            implements Entry {
        public ReplyStarted {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(parent, "parent");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(replaces, "replaces");
            Objects.requireNonNull(timestamp, "timestamp");
        }

        /** The first answer. */
        public ReplyStarted(String id, String parent, String model, Instant timestamp) {
            this(id, parent, model, Optional.empty(), timestamp);
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

    /** The active path now ends at message {@code id}; empty: nothing is on it. */
    record Head(Optional<String> id, Instant timestamp) implements Entry {
        public Head {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(timestamp, "timestamp");
        }
    }

    /** Idle too long: memory was released. */
    record Paused(Instant timestamp) implements Entry {}

    /** A person came back. */
    record Resumed(Instant timestamp) implements Entry {}

    /** A person moved it to the trash. */
    record Deleted(Instant timestamp) implements Entry {}

    /** A person took it out of the trash. */
    record Restored(Instant timestamp) implements Entry {}

    /** What a model is sent begins with message {@code from} now; everything before was cut off. */
    record Window(String from, Instant timestamp) implements Entry {
        public Window {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(timestamp, "timestamp");
        }
    }

    /**
     * What all lines before it amount to, so that whoever reads the newest part of a conversation needs none of them.
     * Written only while no reply runs and nothing waits.
     *
     * @param head the last message of the active path
     * @param title what a person called it
     * @param opening the beginning of what was said first, as a title
     * @param exchanges how often a person has spoken on the active path
     * @param usage of the active path
     * @param highestId the highest n of all ids {@code m<n>}
     * @param window where what a model is sent begins; empty if nothing was cut off
     * @param placeholders by kind, the number that the next one will have
     * @param branches the answers to each message that has several, and to the head; {@code ""} is before the first message
     * @param active when something was last said or answered
     */
    record Checkpoint(
            String head,
            Optional<String> title,
            String opening,
            int exchanges,
            Usage usage,
            int highestId,
            Optional<String> window,
            Map<String, Integer> placeholders,
            Map<String, List<String>> branches,
            Instant active,
            Instant timestamp)
            implements Entry {
        public Checkpoint {
            Objects.requireNonNull(head, "head");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(opening, "opening");
            Objects.requireNonNull(usage, "usage");
            Objects.requireNonNull(window, "window");
            placeholders = Map.copyOf(placeholders);
            branches = Map.copyOf(branches);
            Objects.requireNonNull(active, "active");
            Objects.requireNonNull(timestamp, "timestamp");
        }
    }

    /** A line of a type that this version does not know, kept as it is. */
    record Unknown(JsonObject json) implements Entry {
        public Unknown {
            json = json.deepCopy();
        }
    }
}
