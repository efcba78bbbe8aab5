package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/redo}: puts the exchange that was taken off on the active path again. */
final class RedoServlet extends ActionServlet {
    RedoServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        later(
                request,
                response,
                site.conversations().branches().redo(owner(request), id),
                done -> done(request, response, id));
    }
}
