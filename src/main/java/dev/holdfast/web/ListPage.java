package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.lifecycle.ListedConversation;
import java.util.List;
import java.util.Optional;

/**
 * A part of somebody's list.
 *
 * @param conversations the most recently active first
 * @param more whether others follow
 */
record ListPage(List<ListedConversation> conversations, boolean more) {
    /** How many a page begins with. */
    static final int USUAL = 50;

    /** The list of a browser that has no conversations. */
    static final ListPage NONE = new ListPage(List.of(), false);

    /** @param after the last one of the page before; empty: the first page */
    static ListPage read(Conversations all, Owner owner, Optional<ConversationId> after, int limit) {
        List<ListedConversation> found = all.list(owner, after, limit + 1);
        return new ListPage(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
    }

    /**
     * Behind which conversation the list is to go on, as the field {@code after} says.
     *
     * @throws HttpProblem 400 if that is no id
     */
    static Optional<ConversationId> after(Form query) {
        if (!query.has("after")) {
            return Optional.empty();
        }
        Optional<ConversationId> after = query.field("after").flatMap(ConversationId::parse);
        if (after.isEmpty()) {
            throw HttpProblem.badRequest("after is the id of a conversation.");
        }
        return after;
    }
}
