package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/summary/undo}: the model is sent the messages again that a summary stands for, as far as they fit. */
final class SummaryUndoServlet extends ActionServlet {
    SummaryUndoServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        later(
                request,
                response,
                site.conversations().memory().takeSummaryBack(owner(request), id),
                done -> done(request, response, id));
    }
}
