package dev.holdfast.conversation;

import java.time.Duration;
import java.util.Optional;

/** What readers of a conversation are told. */
public sealed interface FeedEvent {

    /** Where a reader stands who has seen this event; empty if it leaves the cursor where it was. */
    default Optional<Cursor> cursor() {
        return Optional.empty();
    }

    /** A person's message is on disk and part of the thread. */
    record Saved(long seq, Message message) implements FeedEvent {
        @Override
        public Optional<Cursor> cursor() {
            return Optional.of(Cursor.after(seq));
        }
    }

    /** A person's message is on disk and waits for its turn. A reply is running, so the cursor stays in that. */
    record Waiting(Entry.Queued queued) implements FeedEvent {}

    /** A model has been asked. */
    record ReplyBegun(long seq, Entry.ReplyStarted start) implements FeedEvent {
        @Override
        public Optional<Cursor> cursor() {
            return Optional.of(Cursor.after(seq));
        }
    }

    /** The active path ends at another message now; empty: nothing is on it. */
    record Moved(long seq, Optional<String> head) implements FeedEvent {
        @Override
        public Optional<Cursor> cursor() {
            return Optional.of(Cursor.after(seq));
        }
    }

    /** A reply grew. {@code seq} is that of the line that began it. */
    record Grown(long seq, String id, OpenReply.Part part) implements FeedEvent {
        @Override
        public Optional<Cursor> cursor() {
            return Optional.of(
                    new Cursor(seq, part.block(), part.at() + part.text().length()));
        }
    }

    /** A reply is on disk, whole or as far as it came. */
    record Done(long seq, Message message) implements FeedEvent {
        @Override
        public Optional<Cursor> cursor() {
            return Optional.of(Cursor.after(seq));
        }
    }

    /** The conversation has a new title. A reply may be running, so the cursor stays in that. */
    record Titled(String title) implements FeedEvent {}

    /** What the model is sent begins elsewhere now. A reply may be running, so the cursor stays in that. */
    record Cut(Entry.Window window) implements FeedEvent {}

    /** A message is kept in what the model is sent, or no longer. A reply may be running, so the cursor stays in that. */
    record Kept(Entry.Pin pin) implements FeedEvent {}

    /**
     * How long until an idle conversation is paused.
     *
     * @param left until the pause; zero once it is paused
     */
    record Idle(IdleState state, Duration left) implements FeedEvent {}
}
