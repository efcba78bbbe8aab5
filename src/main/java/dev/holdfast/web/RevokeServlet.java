package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/resume-links/revoke}: ends the link or code {@code link}, and what it opened to others. */
final class RevokeServlet extends ActionServlet {
    RevokeServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        String link = form(request).field("link").orElse("");
        later(request, response, site.links().revoke(owner(request), id, link), revoked -> {
            if (wantsJson(request)) {
                sendJson(response, 200, new JsonObject());
            } else {
                seeOther(request, response, "/c/" + id + "/resume-links");
            }
        });
    }
}
