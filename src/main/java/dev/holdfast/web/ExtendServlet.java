package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/extend}: “Stay”. The person is still here. */
final class ExtendServlet extends ActionServlet {
    ExtendServlet(Site site) {
        super(site);
    }

    /** It only keeps awake what is awake. */
    @Override
    protected boolean costs(HttpServletRequest request) {
        return false;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        site.conversations().extend(owner(request), id);
        done(request, response, id);
    }
}
