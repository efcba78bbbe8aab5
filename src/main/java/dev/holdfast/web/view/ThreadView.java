package dev.holdfast.web.view;

import java.util.List;
import java.util.Objects;

/**
 * One conversation, its newest part.
 *
 * @param title empty if it has none yet
 * @param own whether it belongs to the reader, and was not just opened to them
 * @param messages oldest first
 * @param more whether there are messages before these
 * @param running whether a reply is being written
 * @param cursor where the event stream goes on
 * @param draft what the reader has typed and not sent
 * @param usage tokens of the whole conversation
 * @param damaged whether a part of its file cannot be read
 */
public record ThreadView(
        String id,
        String title,
        boolean own,
        List<MessageView> messages,
        boolean more,
        boolean running,
        String cursor,
        DraftView draft,
        Totals usage,
        boolean damaged) {

    public ThreadView {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        messages = List.copyOf(messages);
        Objects.requireNonNull(cursor, "cursor");
        Objects.requireNonNull(draft, "draft");
        Objects.requireNonNull(usage, "usage");
    }
}
