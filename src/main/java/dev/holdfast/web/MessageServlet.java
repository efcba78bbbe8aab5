package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.ShownMessage;
import dev.holdfast.web.view.MessageView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** {@code GET /c/{id}/messages/{message}}: one message, as JSON or as the piece of HTML that the page puts in. */
final class MessageServlet extends ActionServlet {
    MessageServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Owner owner = owner(request);
        ConversationId id = conversation(request);
        String message = Routes.variable(request, "message");
        // In this order: one whose turn begins meanwhile leaves the queue for the messages.
        Optional<Entry.Queued> waiting = site.conversations().waiting(owner, id, message);
        if (waiting.isPresent()) {
            Entry.Queued queued = waiting.get();
            send(request, response, MessageJson.queued(queued.id(), queued.text()), Views.queued(id.value(), queued));
        } else {
            ShownMessage shown =
                    site.conversations().message(owner, id, message).orElseThrow(HttpProblem::notFound);
            send(request, response, MessageJson.write(shown), site.views().message(id.value(), shown));
        }
    }

    private void send(HttpServletRequest request, HttpServletResponse response, JsonObject json, MessageView view)
            throws IOException {
        if (wantsJson(request)) {
            sendJson(response, 200, json);
        } else {
            site.pages().send(request, response, 200, "message", Map.of("m", view));
        }
    }
}
