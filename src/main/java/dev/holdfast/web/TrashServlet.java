package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code GET /trash}: what is in the trash, to be restored. */
final class TrashServlet extends ActionServlet {
    /** More than anybody looks through; {@code limit} asks for fewer. */
    private static final int SHOWN = 200;

    TrashServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int limit = query(request).limit(SHOWN);
        List<Listing> found = site.authentication()
                .owner(request)
                .map((Owner owner) -> site.conversations().trash().list(owner, limit + 1))
                .orElse(List.of());
        List<Listing> trash = found.subList(0, Math.min(limit, found.size()));
        boolean more = found.size() > limit;
        if (wantsJson(request)) {
            sendJson(response, 200, json(trash, more));
        } else {
            sendPage(request, response, 200, "trash", site.views().trash(trash, more));
        }
    }

    private static JsonObject json(List<Listing> trash, boolean more) {
        JsonArray conversations = new JsonArray();
        for (Listing listing : trash) {
            JsonObject json = new JsonObject();
            json.addProperty("id", listing.id().value());
            json.addProperty("title", listing.title());
            json.addProperty("lastActivity", listing.lastActivity().toString());
            conversations.add(json);
        }
        JsonObject json = new JsonObject();
        json.add("conversations", conversations);
        json.addProperty("more", more);
        return json;
    }
}
