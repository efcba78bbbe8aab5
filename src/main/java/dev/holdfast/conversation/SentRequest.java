package dev.holdfast.conversation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model was sent for a reply: rendered again from what the reply's trace refers to, and held against the fingerprint
 * of what was sent.
 *
 * @param body the request's, without address, headers or key; empty if something that was sent is not in the file any more
 * @param same whether it is what was sent, letter by letter. If not, it is what the present settings make of the same
 *     messages
 * @param missing ids of messages, and perhaps of the summary, that were sent and are not in the file any more
 * @param model who would be asked now
 */
public record SentRequest(Entry.Trace trace, Optional<String> body, boolean same, List<String> missing, String model) {
    public SentRequest {
        Objects.requireNonNull(trace, "trace");
        Objects.requireNonNull(body, "body");
        missing = List.copyOf(missing);
        Objects.requireNonNull(model, "model");
    }

    /** Whether another model would be asked now, so that what it would be sent may look otherwise. */
    public boolean otherModel() {
        return !trace.model().equals(model);
    }
}
