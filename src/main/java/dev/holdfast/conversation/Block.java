package dev.holdfast.conversation;

import com.google.gson.JsonObject;
import java.util.Objects;

/** A piece of a message's content. */
public sealed interface Block {
    /** Words meant for the reader, in Markdown. */
    record Text(String text) implements Block {
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * What a model thought before it answered.
     *
     * @param signature the provider's seal over it, sent back unchanged; empty if there is none
     */
    record Thinking(String text, String signature) implements Block {
        public Thinking {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(signature, "signature");
        }
    }

    /** A block of a type that this version has no use for, kept as it is. The object is a copy that nobody changes. */
    record Other(JsonObject json) implements Block {
        public Other {
            json = json.deepCopy();
        }
    }

    /** A block that grows while it streams. Persisted by name in a delta; absent means {@link #TEXT}. */
    enum Kind {
        TEXT,
        THINKING
    }
}
