package dev.holdfast.lifecycle;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Usage;
import java.util.List;
import java.util.Optional;

/**
 * A conversation as it was at one moment. Whoever watches from {@code cursor} on misses nothing; no text is
 * told twice, though a queued message or a title may be.
 *
 * @param messages the newest of the active path, oldest first
 * @param more whether older ones exist
 * @param reply the reply that is being written, as far as it is
 * @param queued what waits for its turn
 * @param usage of the whole active path
 * @param exchanges how often a person has spoken on the active path
 * @param unanswered whether the last message has no whole answer, and nothing is under way
 * @param summarised whether there is a summary of what came before the last {@value Conversations#RECENT} exchanges
 * @param lastTopic the beginning of what a person said last; empty before that
 */
public record ThreadSnapshot(
        ConversationId id,
        String title,
        List<ShownMessage> messages,
        boolean more,
        Optional<RunningReply> reply,
        List<Entry.Queued> queued,
        boolean running,
        Cursor cursor,
        Usage usage,
        FeedEvent.Idle idle,
        int exchanges,
        boolean summarised,
        String lastTopic,
        boolean unanswered,
        boolean damaged) {

    /** A reply that is being written. */
    public record RunningReply(Entry.ReplyStarted start, List<OpenReply.Part> parts) {}
}
