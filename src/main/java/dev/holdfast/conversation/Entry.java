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
                Entry.Summary,
                Entry.Pin,
                Entry.Trace,
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

    /**
     * What a model is sent of a conversation begins so now, until the next such line: the messages kept, the summary, then
     * everything from {@code from} on. Nothing else decides it, so after a restart the same is sent.
     *
     * @param from the first message that is sent for its own sake
     * @param kept messages before it that are sent all the same, oldest first
     * @param summary what stands for the others before it; empty: nothing does
     * @param leftOut tokens of the messages that are not sent
     */
    record Window(String from, List<String> kept, Optional<String> summary, long leftOut, Instant timestamp)
            implements Entry {
        public Window {
            Objects.requireNonNull(from, "from");
            kept = List.copyOf(kept);
            Objects.requireNonNull(summary, "summary");
            Objects.requireNonNull(timestamp, "timestamp");
            if (leftOut < 0) {
                throw new IllegalArgumentException("token counts are not negative");
            }
        }

        /** Nothing is sent but what comes from {@code from} on. */
        public Window(String from, Instant timestamp) {
            this(from, List.of(), Optional.empty(), 0, timestamp);
        }
    }

    /**
     * An overlay: words that a model can be sent in the place of messages, which stay as they are.
     *
     * @param from the first message that it covers
     * @param to the last one
     * @param model which model wrote it; empty if it was put together of sentences from the messages
     * @param usage what making it took
     */
    record Summary(
            String id, String from, String to, String text, Optional<String> model, Usage usage, Instant timestamp)
            implements Entry {
        public Summary {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(usage, "usage");
            Objects.requireNonNull(timestamp, "timestamp");
        }
    }

    /** A person wants a message to be sent to the model however old it gets, or no longer. */
    record Pin(String id, boolean pinned, Instant timestamp) implements Entry {
        public Pin {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(timestamp, "timestamp");
        }
    }

    /**
     * How the reply {@code id} came about: what the model was sent, as references and a fingerprint rather than a copy, and
     * how long it took. What was used stands in the reply.
     *
     * @param model who was asked
     * @param begin what came first: the messages kept, the summary, and the first message sent for its own sake
     * @param to the last message sent
     * @param maxOutput most tokens that the reply was allowed
     * @param sha256 of the request's body in UTF-8, in hexadecimal; the same settings render it again
     * @param tokens that were sent, as counted before
     * @param whole tokens that the whole conversation would have had, counted alike
     * @param firstWord milliseconds until the first piece of the reply; empty if none came
     * @param millis milliseconds until the end
     * @param timestamp when the model was asked
     */
    record Trace(
            String id,
            String model,
            Begin begin,
            String to,
            int maxOutput,
            String sha256,
            long tokens,
            long whole,
            Optional<Long> firstWord,
            long millis,
            Instant timestamp)
            implements Entry {

        /** The beginning of what was sent; see {@link Window}. */
        public record Begin(String from, List<String> kept, Optional<String> summary) {
            public Begin {
                Objects.requireNonNull(from, "from");
                kept = List.copyOf(kept);
                Objects.requireNonNull(summary, "summary");
            }
        }

        public Trace {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(begin, "begin");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(sha256, "sha256");
            Objects.requireNonNull(firstWord, "firstWord");
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
     * @param spent tokens that every model has used, on all branches and for summaries, by its name
     * @param highestId the highest n of all ids {@code m<n>}
     * @param overlay what a model is sent in the place of everything
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
            Spent spent,
            int highestId,
            Overlay overlay,
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
            Objects.requireNonNull(spent, "spent");
            Objects.requireNonNull(overlay, "overlay");
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
