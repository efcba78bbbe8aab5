package dev.holdfast.lifecycle;

import dev.holdfast.agent.LiveConversation;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Overlay;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Titles;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.store.StoredConversation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
                    summarised(transcript, path, said),
                    said.isEmpty() ? "" : Titles.of(said.get(said.size() - 1).text()),
                    transcript.unanswered().isPresent() && !live.running(),
                    live.stored().damaged());
        });
    }

    /** As far as it can be told from what is in memory: a summary of what lies before that is taken to be of this path. */
    private static boolean summarised(Transcript transcript, List<Message> path, List<Message> said) {
        if (said.size() < Conversations.RECENT) {
            return false;
        }
        Message recent = said.get(said.size() - Conversations.RECENT);
        Set<String> before = path.stream()
                .takeWhile(message -> !message.equals(recent))
                .map(Message::id)
                .collect(Collectors.toSet());
        return transcript.overlay().summaries().stream()
                .anyMatch(summary -> before.contains(summary.to())
                        || transcript.hasEarlier()
                                && transcript.tree().message(summary.to()).isEmpty());
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
        Overlay overlay = transcript.overlay();
        return new ShownMessage(
                message,
                transcript.siblings(message),
                overlay.pinned().contains(message.id()),
                overlay.window()
                        .filter(window -> window.from().equals(message.id()))
                        .filter(window -> message.parent().isPresent())
                        .map(window -> cut(transcript, message, window)));
    }

    private static ShownCut cut(Transcript transcript, Message first, Entry.Window window) {
        int own = first.role() == Role.USER ? 1 : 0;
        Optional<Entry.Summary> summary = window.summary().flatMap(transcript.overlay()::summary);
        return new ShownCut(
                summary,
                transcript.exchanges(first.id()).map(through -> through - own),
                summary.flatMap(used -> transcript.exchanges(used.to())),
                !window.kept().isEmpty());
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
