package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/stop}: ends the running reply with the text that has come. */
final class StopServlet extends ActionServlet {
    StopServlet(Site site) {
        super(site);
    }

    /** Ending something is never too much. */
    @Override
    protected boolean costs(HttpServletRequest request) {
        return false;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        site.conversations().stop(owner(request), id);
        done(request, response, id);
    }
}
