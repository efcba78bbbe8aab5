package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;

/** {@code POST /c/{id}/draft}: keeps what stands in the composer unsent; an empty {@code text} removes what was kept. */
final class DraftServlet extends PageServlet {
    DraftServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = form(request);
        ConversationId id = conversation(request);
        Owner owner = owner(request);
        if (!form.has("text")) {
            throw HttpProblem.badRequest("A draft has a text, which may be empty. Nothing was saved.");
        }
        String text = text(form, "The draft is longer than %d bytes. It was not saved; what was saved before stays.");
        Instant at = site.conversations().keepDraft(owner, id, text);
        if (!wantsJson(request)) {
            seeOther(request, response, "/c/" + id);
            return;
        }
        JsonObject json = new JsonObject();
        json.addProperty("saved", true);
        json.addProperty("at", at.toString());
        sendJson(response, 200, json);
    }
}
