package dev.holdfast.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a model gave no reply, or only part of one.
 *
 * @param sentence for the person at the page: what happened and what to do; no key, no header, no message text, and
 *     nothing that the provider wrote beyond names of models
 * @param retryAfter how long the provider asked to wait
 */
public record ModelFailure(Kind kind, String sentence, Optional<Duration> retryAfter) {
    public ModelFailure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sentence, "sentence");
        Objects.requireNonNull(retryAfter, "retryAfter");
    }

    public ModelFailure(Kind kind, String sentence) {
        this(kind, sentence, Optional.empty());
    }

    /** What went wrong, and whether the same request may succeed a moment later. */
    public enum Kind {
        WRONG_KEY(false),
        UNKNOWN_MODEL(false),
        CONTEXT_TOO_LONG(false),
        /** The provider refused the request for another reason. */
        REFUSED(false),
        RATE_LIMITED(true),
        /** The provider is overloaded or failed inside. */
        OVERLOADED(true),
        /** No connection, or it broke before an answer. */
        UNREACHABLE(true),
        /** Connected, but nothing was said for too long. */
        SILENT(true),
        /** The stream ended before its last event. */
        TRUNCATED(true),
        /** The provider sent what its format does not allow. */
        MALFORMED(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether asking again may help. */
        public boolean passing() {
            return passing;
        }
    }
}
