package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.lifecycle.ServerStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /operator}: how the server is, for those whom the settings name. For others there is no such page. */
final class OperatorServlet extends ActionServlet {
    OperatorServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!site.operates(owner(request))) {
            throw HttpProblem.notFound();
        }
        ServerStatus status = site.status().get();
        int streams = site.streams().size();
        if (wantsJson(request)) {
            sendJson(response, 200, json(status, streams));
        } else {
            sendPage(request, response, 200, "operator", site.views().operator(status, streams));
        }
    }

    private static JsonObject json(ServerStatus status, int streams) {
        JsonObject json = new JsonObject();
        json.addProperty("since", status.since().toString());
        json.addProperty("model", status.model());
        json.addProperty("conversations", status.conversations());
        json.addProperty("open", status.open());
        json.addProperty("running", status.running());
        json.addProperty("streams", streams);
        json.addProperty("signedIn", status.signedIn());
        json.addProperty("mailsWaiting", status.mailsWaiting());
        json.addProperty("mailsGivenUp", status.mailsGivenUp());
        json.addProperty("heapBytes", status.heapBytes());
        json.addProperty("freeBytes", status.freeBytes());
        return json;
    }
}
