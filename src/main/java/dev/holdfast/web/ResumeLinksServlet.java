package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.lifecycle.ResumeLinks.GivenLink;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code GET /c/{id}/resume-links}: the links and codes that were given, each to be revoked. */
final class ResumeLinksServlet extends ActionServlet {
    ResumeLinksServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        List<GivenLink> given = site.links().given(owner(request), id);
        if (wantsJson(request)) {
            sendJson(response, 200, json(given));
        } else {
            site.pages()
                    .send(
                            request,
                            response,
                            200,
                            "links",
                            Map.of("page", site.views().links(id, given)));
        }
    }

    private static JsonObject json(List<GivenLink> given) {
        JsonArray links = new JsonArray();
        for (GivenLink link : given) {
            JsonObject json = new JsonObject();
            json.addProperty("link", link.name());
            link.to().ifPresent(address -> json.addProperty("to", address));
            json.addProperty("created", link.created().toString());
            json.addProperty("expires", link.expires().toString());
            json.addProperty("usable", link.usable());
            json.addProperty("browsers", link.browsers());
            links.add(json);
        }
        JsonObject json = new JsonObject();
        json.add("links", links);
        return json;
    }
}
