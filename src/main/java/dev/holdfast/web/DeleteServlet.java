package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/delete}: moves one's own conversation to the trash. A second click finds it there and is content. */
final class DeleteServlet extends ActionServlet {
    DeleteServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        Owner owner = owner(request);
        if (!site.conversations().trash().holds(owner, id)) {
            site.conversations().trash().delete(owner, id);
        }
        if (wantsJson(request)) {
            sendJson(response, 200, new JsonObject());
        } else {
            seeOther(request, response, "/?trashed=" + id);
        }
    }
}
