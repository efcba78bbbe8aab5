package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.SentRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /c/{id}/usage/{reply}}: what the model was sent for a reply, and whether it is that to the letter. */
final class SentServlet extends ActionServlet {
    SentServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        SentRequest sent = site.conversations()
                .calls()
                .sent(owner(request), id, Routes.variable(request, "reply"))
                .orElseThrow(HttpProblem::notFound);
        if (wantsJson(request)) {
            sendJson(response, 200, json(sent));
        } else {
            sendPage(
                    request,
                    response,
                    200,
                    "sent",
                    UsageViews.sent(id, sent, site.clock().getZone()));
        }
    }

    private static JsonObject json(SentRequest sent) {
        JsonObject json = new JsonObject();
        json.addProperty("model", sent.trace().model());
        json.addProperty("sha256", sent.trace().sha256());
        json.addProperty("same", sent.same());
        sent.body().ifPresent(body -> json.addProperty("body", body));
        JsonArray missing = new JsonArray();
        sent.missing().forEach(missing::add);
        json.add("missing", missing);
        return json;
    }
}
