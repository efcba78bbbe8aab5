package dev.holdfast.conversation;

/** Somebody who watches a conversation. Its methods are called with the conversation locked and must not block. */
public interface Subscriber {

    void event(FeedEvent event);

    /** There will be no more events; whoever still wants some subscribes again. */
    void end();
}
