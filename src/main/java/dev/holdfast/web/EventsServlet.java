package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Owner;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code GET /c/{id}/events}: what happens in a conversation, from where the reader left off. {@code Last-Event-ID} says
 * where that is, or {@code ?after=} on a page's first connection; a cursor that says nothing is as none.
 */
final class EventsServlet extends ActionServlet {
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
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Owner owner = owner(request);
        ConversationId id = conversation(request);
        Optional<String> after = query(request).field("after");
        Optional<Cursor> cursor =
                Cursor.parse(request.getHeader("Last-Event-ID")).or(() -> after.flatMap(Cursor::parse));
        begin(response, owner, id);
        response.flushBuffer();
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        EventStream stream = new EventStream(async, response.getOutputStream(), site.streams());
        try {
            stream.begin(site.conversations().watch(owner, id, cursor, stream));
        } catch (RuntimeException e) {
            site.log().warn("An event stream could not begin: {}", e.toString());
            async.complete();
        }
    }
}
