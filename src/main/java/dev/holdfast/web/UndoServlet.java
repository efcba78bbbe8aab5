package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/undo}: takes the last exchange off the active path. */
final class UndoServlet extends ActionServlet {
    UndoServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        later(
                request,
                response,
                site.conversations().branches().undo(owner(request), id),
                done -> done(request, response, id));
    }
}
