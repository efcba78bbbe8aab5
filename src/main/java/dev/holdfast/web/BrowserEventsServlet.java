package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.lifecycle.NoSuchConversationException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * {@code GET /events?at=<conversation>:<cursor>,…}: what happens in all conversations that a browser has open, from where
 * it left off in each, and in its list. Each event names its conversation. One that is not theirs is {@code gone}, and
 * one that is paused has nothing more to tell until it is asked for again. {@code as=<name>}, of the browser's making, ends
 * the stream of theirs that was opened with the same name. {@code Last-Event-ID} beats {@code at} for the
 * one conversation that it names; what was heard of the others may be told again.
 */
final class BrowserEventsServlet extends StreamServlet {
    BrowserEventsServlet(Site site) {
        super(site);
    }

    /** The headers only: nothing is watched for nobody. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) {
        describe(response, owner(request));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Owner owner = owner(request);
        Form query = query(request);
        Places places = Places.parse(query.field("at").orElse(""), request.getHeader("Last-Event-ID"));
        String name = query.field("as").orElse("");
        site.streams().replace(owner, name);
        describe(response, owner);
        stream(request, response, owner, name, out -> watch(owner, places, out));
    }

    private Runnable watch(Owner owner, Places places, EventStream out) {
        SharedStream shared = new SharedStream(out, site.streams().formats());
        Conversations conversations = site.conversations();
        try {
            shared.list(watcher -> conversations.watchList(owner, watcher));
            places.cursors().forEach((conversation, cursor) -> watch(owner, conversation, cursor, shared, out));
        } catch (RuntimeException e) {
            shared.leave();
            throw e;
        }
        return shared::leave;
    }

    /** What cannot be watched keeps nobody from the others. */
    private void watch(
            Owner owner, String conversation, Optional<Cursor> cursor, SharedStream shared, EventStream out) {
        try {
            ConversationId id = ConversationId.parse(conversation).orElseThrow(NoSuchConversationException::new);
            shared.conversation(id, part -> site.conversations().watch(owner, id, cursor, part));
        } catch (NoSuchConversationException e) {
            out.say(EventFormat.of(conversation).gone());
        } catch (UncheckedIOException e) {
            site.log().warn("Conversation {} could not be read for an event stream: {}", conversation, e.toString());
            out.say(EventFormat.of(conversation).failed());
        }
    }
}
