package dev.holdfast.web.view;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;

/**
 * What a model was sent for a reply, for {@code sent.html}.
 *
 * @param conversation its id
 * @param reply its id
 * @param model who was asked
 * @param now who would be asked now
 * @param sha256 of what was sent
 * @param body what was sent, or would be now, as people read it; empty if it cannot be put together
 * @param same whether it is what was sent
 * @param missing ids of what was sent and is lost
 */
public record SentView(
        String conversation,
        String reply,
        ZonedDateTime asked,
        String model,
        String now,
        String sha256,
        String body,
        boolean same,
        List<String> missing) {
    public SentView {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(reply, "reply");
        Objects.requireNonNull(asked, "asked");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(body, "body");
        missing = List.copyOf(missing);
    }
}
