package dev.holdfast.lifecycle;

import dev.holdfast.conversation.ConversationId;

/** Somebody who watches a person's list. Its methods may be called with a conversation locked and must not block. */
public interface ListWatcher {

    /** A conversation has come into the list, has another title or does something else; or nothing has changed after all. */
    void listed(ConversationId id, String title, ListedConversation.State state);

    /** A conversation is in the trash now. */
    void unlisted(ConversationId id);

    /** There will be no more news; whoever still wants some watches again. */
    void end();
}
