package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.IdleState;
import dev.holdfast.conversation.Subscriber;
import dev.holdfast.lifecycle.ListWatcher;
import dev.holdfast.lifecycle.ListedConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What one browser hears over one connection: of several conversations, and of its list. Thread-safe. */
final class SharedStream implements ListWatcher {
    private final EventStream out;
    private final Formats formats;
    private final List<Runnable> watching = new ArrayList<>();

    SharedStream(EventStream out, Formats formats) {
        this.out = out;
        this.formats = formats;
    }

    /** Watches the list. To be called before the stream begins. @param watch its answer ends the watching */
    void list(Function<ListWatcher, Runnable> watch) {
        watching.add(watch.apply(this));
    }

    /** Watches a conversation, likewise. */
    void conversation(ConversationId id, Function<Subscriber, Runnable> watch) {
        Part part = new Part(formats.take(id, true));
        watching.add(() -> {
            part.leave();
            formats.give(id, true);
        });
        part.began(watch.apply(part));
    }

    /** Ends all watching. */
    void leave() {
        watching.forEach(Runnable::run);
    }

    @Override
    public void listed(ConversationId id, String title, ListedConversation.State state) {
        out.say(EventFormat.of(id.value()).listed(title, state));
    }

    @Override
    public void unlisted(ConversationId id) {
        out.say(EventFormat.of(id.value()).unlisted());
    }

    @Override
    public void end() {
        out.end();
    }

    /**
     * One of the conversations. When it is paused its part of the stream is over, and nothing here holds on to it any
     * more: its memory is let go of. If it ends in any other way, so does the stream: the reader comes back and is told.
     */
    private final class Part implements Subscriber {
        private final EventFormat format;
        private boolean resting;
        private boolean over;
        private Runnable leave = () -> {};

        Part(EventFormat format) {
            this.format = format;
        }

        /** It may be over by now. */
        synchronized void began(Runnable leaving) {
            if (!over) {
                leave = leaving;
            }
        }

        void leave() {
            Runnable leaving;
            synchronized (this) {
                leaving = leave;
                leave = () -> {};
            }
            leaving.run(); // which takes the conversation's lock, that is held while events are told
        }

        @Override
        public synchronized void event(FeedEvent event) {
            resting = event instanceof FeedEvent.Idle idle
                    && (idle.state() == IdleState.PAUSED || idle.state() == IdleState.EXPIRED);
            out.say(format.write(event));
        }

        @Override
        public synchronized void end() {
            over = true;
            leave = () -> {};
            if (!resting) {
                out.end();
            }
        }
    }
}
