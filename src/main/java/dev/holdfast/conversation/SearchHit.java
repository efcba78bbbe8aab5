package dev.holdfast.conversation;

import java.util.List;
import java.util.Optional;

/**
 * Where something that was searched for stands.
 *
 * @param message the message whose text has it; empty if the title has
 * @param snippet what stands around it, in order
 */
public record SearchHit(Listing listing, Optional<String> message, List<Piece> snippet) {
    /** A piece of text. @param matched whether it is what was searched for */
    public record Piece(String text, boolean matched) {}

    public SearchHit {
        snippet = List.copyOf(snippet);
    }
}
