package dev.holdfast.agent;

import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Subscriber;
import dev.holdfast.conversation.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Everybody who watches one conversation. Whoever joins is first told what lies behind their cursor, from the transcript,
 * and then what happens, without a gap or a repetition between the two: both happen under the conversation's lock, which
 * every caller holds. While many are told something, here and elsewhere, it {@linkplain #rests rests} after it told
 * something, and new text had better wait; see {@link Gathering}.
 */
final class Feed {
    private final Gathering gathering;
    private final Consumer<Runnable> locked;
    /** Copied when somebody comes or leaves, not for each event. */
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    /** Whether something was told within the time of a rest, and {@link #rested} will be run when that is over. */
    private boolean counted;

    private boolean resting;
    private Runnable afterRest = () -> {};

    /** @param locked runs an action with the conversation locked */
    Feed(Gathering gathering, Consumer<Runnable> locked) {
        this.gathering = gathering;
        this.locked = locked;
    }

    /** @param cursor what the subscriber has seen; empty: begin at the newest reply's first character */
    void join(Transcript transcript, Optional<Cursor> cursor, Subscriber subscriber) {
        Cursor from =
                cursor.filter(given -> given.seq() <= transcript.lastSeq()).orElseGet(() -> newestReply(transcript));
        partOfReply(transcript, from).forEach(subscriber::event);
        for (Transcript.Numbered numbered : transcript.eventsAfter(from.seq())) {
            replay(transcript, numbered).forEach(subscriber::event);
        }
        subscribers.add(subscriber);
    }

    void leave(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    void publish(FeedEvent event) {
        for (Subscriber subscriber : subscribers) {
            subscriber.event(event);
        }
        if (!counted && watched()) { // Once: what is no text may be told in the middle of a rest.
            counted = gathering.told(() -> locked.accept(this::rested), subscribers.size());
            resting = counted && gathering.crowded();
        }
    }

    /** Whether text that is told now would cost too much, and had better wait for {@link #afterRest}. */
    boolean rests() {
        return resting;
    }

    /** Runs {@code action} when the rest is over; it takes the place of the one before. */
    void afterRest(Runnable action) {
        afterRest = action;
    }

    private void rested() {
        counted = false;
        resting = false;
        Runnable action = afterRest;
        afterRest = () -> {};
        action.run();
    }

    void appended(long seq, Entry entry) {
        told(seq, entry).ifPresent(this::publish);
    }

    boolean watched() {
        return !subscribers.isEmpty();
    }

    void end() {
        List<Subscriber> leaving = List.copyOf(subscribers);
        subscribers.clear();
        leaving.forEach(Subscriber::end);
    }

    private static Cursor newestReply(Transcript transcript) {
        return transcript.tree().path().stream()
                .filter(message -> message.role() == Role.ASSISTANT)
                .reduce((older, newer) -> newer)
                .flatMap(message -> transcript.replySeq(message.id()))
                .filter(seq -> transcript.openReply().isEmpty())
                .or(() -> transcript.openReply().map(OpenReply::seq))
                .map(Cursor::after)
                .orElseGet(() -> Cursor.after(transcript.lastSeq()));
    }

    /** What is missing of the reply in which the cursor stands, if it stands in one. */
    private static List<FeedEvent> partOfReply(Transcript transcript, Cursor from) {
        Optional<OpenReply> open = transcript.openReply().filter(reply -> reply.seq() == from.seq());
        if (open.isPresent()) {
            return grown(from.seq(), open.get().start().id(), open.get().from(from.block(), from.at()));
        }
        for (Transcript.Numbered numbered : transcript.eventsAfter(from.seq() - 1)) {
            if (numbered.seq() == from.seq() && numbered.entry() instanceof Entry.ReplyStarted start) {
                return rest(transcript, from, start);
            }
            break;
        }
        return List.of();
    }

    private static List<FeedEvent> rest(Transcript transcript, Cursor from, Entry.ReplyStarted start) {
        return transcript
                .tree()
                .message(start.id())
                .map(message -> {
                    OpenReply whole = OpenReply.of(from.seq(), start, message.content());
                    return grown(from.seq(), start.id(), whole.from(from.block(), from.at()));
                })
                .orElse(List.of());
    }

    private static List<FeedEvent> replay(Transcript transcript, Transcript.Numbered numbered) {
        List<FeedEvent> events = new ArrayList<>();
        told(numbered.seq(), numbered.entry()).ifPresent(events::add);
        if (numbered.entry() instanceof Entry.ReplyStarted) {
            events.addAll(partOfReply(transcript, Cursor.after(numbered.seq())));
        }
        return events;
    }

    private static List<FeedEvent> grown(long seq, String id, List<OpenReply.Part> parts) {
        return parts.stream()
                .<FeedEvent>map(part -> new FeedEvent.Grown(seq, id, part))
                .toList();
    }

    private static Optional<FeedEvent> told(long seq, Entry entry) {
        if (entry instanceof Message message) {
            return Optional.of(
                    message.role() == Role.ASSISTANT
                            ? new FeedEvent.Done(seq, message)
                            : new FeedEvent.Saved(seq, message));
        }
        if (entry instanceof Entry.ReplyStarted start) {
            return Optional.of(new FeedEvent.ReplyBegun(seq, start));
        }
        if (entry instanceof Entry.Queued queued) {
            return Optional.of(new FeedEvent.Waiting(queued));
        }
        if (entry instanceof Entry.Head head) {
            return Optional.of(new FeedEvent.Moved(seq, head.id()));
        }
        if (entry instanceof Entry.Title title) {
            return Optional.of(new FeedEvent.Titled(title.title()));
        }
        if (entry instanceof Entry.Window cut) {
            return Optional.of(new FeedEvent.Cut(cut));
        }
        if (entry instanceof Entry.Pin pin) {
            return Optional.of(new FeedEvent.Kept(pin));
        }
        return Optional.empty();
    }
}
