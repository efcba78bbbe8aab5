package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code POST /c/{id}/idle-mail}: a link is mailed to {@code email} when the conversation is paused; without one, no longer. */
final class IdleMailServlet extends ActionServlet {
    IdleMailServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        Optional<String> email = form(request).field("email").map(String::strip).filter(given -> !given.isEmpty());
        later(request, response, site.links().mailWhenIdle(owner(request), id, email), kept -> {
            if (wantsJson(request)) {
                sendJson(response, 200, new JsonObject());
            } else {
                seeOther(request, response, "/c/" + id + "/resume-links");
            }
        });
    }
}
