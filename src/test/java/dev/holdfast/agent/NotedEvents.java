package dev.holdfast.agent;

import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A reader who writes down what it is told. Thread-safe. */
public final class NotedEvents implements Subscriber {
    private final List<FeedEvent> events = new ArrayList<>();
    private boolean ended;

    @Override
    public synchronized void event(FeedEvent event) {
        events.add(event);
    }

    @Override
    public synchronized void end() {
        ended = true;
    }

    public synchronized List<FeedEvent> events() {
        return List.copyOf(events);
    }

    public synchronized boolean ended() {
        return ended;
    }

    /** From now on only what comes from now on. */
    public synchronized void clear() {
        events.clear();
    }

    /** The newest cursor: where a reader stands who has seen everything. */
    public synchronized Optional<Cursor> cursor() {
        return events.stream().flatMap(event -> event.cursor().stream()).reduce((older, newer) -> newer);
    }

    /** What was told, as short texts to compare. */
    public synchronized List<String> told() {
        return events.stream().map(NotedEvents::text).toList();
    }

    private static String text(FeedEvent event) {
        if (event instanceof FeedEvent.Saved saved) {
            return "saved " + saved.message().id();
        }
        if (event instanceof FeedEvent.Waiting waiting) {
            return "waiting " + waiting.queued().id();
        }
        if (event instanceof FeedEvent.ReplyBegun begun) {
            return "begun " + begun.start().id() + " to " + begun.start().parent();
        }
        if (event instanceof FeedEvent.Grown grown) {
            return "grown " + grown.id() + " " + grown.part().block() + "@"
                    + grown.part().at() + " " + grown.part().text();
        }
        if (event instanceof FeedEvent.Done done) {
            return "done " + done.message().id() + " " + done.message().stop().wire();
        }
        if (event instanceof FeedEvent.Titled titled) {
            return "titled " + titled.title();
        }
        if (event instanceof FeedEvent.Cut cut) {
            return "cut at " + cut.window().from();
        }
        if (event instanceof FeedEvent.Kept kept) {
            return (kept.pin().pinned() ? "kept " : "let go ") + kept.pin().id();
        }
        FeedEvent.Idle idle = (FeedEvent.Idle) event;
        return "idle " + idle.state() + " " + idle.left().toSeconds();
    }
}
