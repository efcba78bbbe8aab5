package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Subscriber;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code GET /c/{id}/events}: what happens in a conversation, from where the reader left off. {@code Last-Event-ID} says
 * where that is, or {@code ?after=} on a page's first connection; a cursor that says nothing is as none.
 */
final class EventsServlet extends StreamServlet {
    EventsServlet(Site site) {
        super(site);
    }

    /** The headers only: nothing is watched for nobody. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) {
        begin(response, owner(request), conversation(request));
    }

    private void begin(HttpServletResponse response, Owner owner, ConversationId id) {
        site.conversations().check(owner, id);
        describe(response, owner);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Owner owner = owner(request);
        ConversationId id = conversation(request);
        Optional<String> after = query(request).field("after");
        Optional<Cursor> cursor =
                Cursor.parse(request.getHeader("Last-Event-ID")).or(() -> after.flatMap(Cursor::parse));
        begin(response, owner, id);
        stream(request, response, owner, "", out -> watch(owner, id, cursor, out));
    }

    private Runnable watch(Owner owner, ConversationId id, Optional<Cursor> cursor, EventStream out) {
        Formats formats = site.streams().formats();
        EventFormat format = formats.take(id, false);
        Runnable leave;
        try {
            leave = site.conversations().watch(owner, id, cursor, new Reader(format, out));
        } catch (RuntimeException e) {
            formats.give(id, false);
            throw e;
        }
        return () -> {
            leave.run();
            formats.give(id, false);
        };
    }

    private record Reader(EventFormat format, EventStream out) implements Subscriber {
        @Override
        public void event(FeedEvent event) {
            out.say(format.write(event));
        }

        @Override
        public void end() {
            out.end();
        }
    }
}
