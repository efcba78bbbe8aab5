package dev.holdfast.web.view;

import dev.holdfast.conversation.SearchHit.Piece;
import java.util.List;
import java.util.Objects;

/**
 * What was searched for and found, for {@code search.html}.
 *
 * @param query what was searched for
 * @param hits the best first
 */
public record SearchView(String query, List<Hit> hits) {
    /**
     * A place where it stands.
     *
     * @param id of the conversation
     * @param message whose text has it; empty if the title has
     * @param title in pieces; none if the conversation has no title
     * @param snippet what stands around it in the message; none if the title has it
     */
    public record Hit(String id, String message, List<Piece> title, List<Piece> snippet) {
        public Hit {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(message, "message");
            title = List.copyOf(title);
            snippet = List.copyOf(snippet);
        }
    }

    public SearchView {
        Objects.requireNonNull(query, "query");
        hits = List.copyOf(hits);
    }
}
