package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/restore}: takes one's own conversation out of the trash. A second click finds it there no more and is content. */
final class RestoreServlet extends ActionServlet {
    RestoreServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        Owner owner = owner(request);
        if (!owns(owner, id)) {
            site.conversations().trash().restore(owner, id);
        }
        done(request, response, id);
    }
}
