package dev.holdfast.lifecycle;

import dev.holdfast.agent.LiveConversation;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Titles;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.store.StoredConversation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads what people are shown out of a live conversation. */
public final class Snapshots {
    /** Messages of the active path, oldest first, and whether older ones exist. */
    public record Page(List<ShownMessage> messages, boolean more) {}

    private Snapshots() {}

    static ThreadSnapshot thread(LiveConversation live, FeedEvent.Idle idle, int limit) {
        return live.locked(transcript -> {
            List<Message> path = transcript.tree().path();
            List<Message> newest = path.subList(Math.max(0, path.size() - limit), path.size());
            List<Message> said =
                    path.stream().filter(message -> message.role() == Role.USER).toList();
            return new ThreadSnapshot(
                    live.id(),
                    live.stored().title(),
                    newest.stream().map(message -> shown(transcript, message)).toList(),
                    newest.size() < path.size() || transcript.hasEarlier(),
                    transcript.openReply().map(Snapshots::running),
                    transcript.queued(),
                    live.running() || !transcript.queued().isEmpty(),
                    cursor(transcript),
                    transcript.usage(),
                    idle,
                    transcript.exchanges(),
                    said.isEmpty() ? "" : Titles.of(said.get(said.size() - 1).text()),
                    transcript.unanswered().isPresent() && !live.running(),
                    live.stored().damaged());
        });
    }

    static Page before(LiveConversation live, String messageId, int limit) throws IOException {
        StoredConversation.Page page = live.stored().before(messageId, limit);
        return live.locked(transcript -> new Page(
                page.messages().stream()
                        .map(message -> shown(transcript, message))
                        .toList(),
                page.more()));
    }

    static Optional<ShownMessage> message(LiveConversation live, String messageId) throws IOException {
        Optional<Message> found = live.stored().message(messageId);
        return live.locked(transcript -> found.map(message -> shown(transcript, message)));
    }

    static Optional<Entry.Queued> waiting(LiveConversation live, String messageId) {
        return live.locked(transcript -> transcript.queued().stream()
                .filter(queued -> queued.id().equals(messageId))
                .findFirst());
    }

    private static ShownMessage shown(Transcript transcript, Message message) {
        return new ShownMessage(message, transcript.siblings(message));
    }

    private static ThreadSnapshot.RunningReply running(OpenReply reply) {
        return new ThreadSnapshot.RunningReply(reply.start(), reply.from(0, 0));
    }

    /** In a running reply the cursor stands behind its last character; else behind the last line. */
    private static Cursor cursor(Transcript transcript) {
        return transcript
                .openReply()
                .map(reply -> {
                    List<OpenReply.Part> parts = reply.from(0, 0);
                    if (parts.isEmpty()) {
                        return Cursor.after(reply.seq());
                    }
                    OpenReply.Part last = parts.get(parts.size() - 1);
                    return new Cursor(reply.seq(), last.block(), last.text().length());
                })
                .orElseGet(() -> Cursor.after(transcript.lastSeq()));
    }
}
