package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.ListedConversation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code GET /conversations}: the list, as JSON or as the piece of HTML that the page puts in. */
final class ConversationsServlet extends ActionServlet {
    ConversationsServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String current = query(request).field("current").orElse(null);
        List<ListedConversation> list = site.browser()
                .owner(request)
                .map((Owner owner) -> site.conversations().list(owner, Optional.empty(), PageServlet.LISTED))
                .orElse(List.of());
        if (wantsJson(request)) {
            JsonArray conversations = new JsonArray();
            list.forEach(listed -> conversations.add(json(listed)));
            JsonObject json = new JsonObject();
            json.add("conversations", conversations);
            sendJson(response, 200, json);
        } else {
            site.pages()
                    .send(
                            request,
                            response,
                            200,
                            "list",
                            Map.of("days", site.views().days(list, current)));
        }
    }

    private static JsonObject json(ListedConversation listed) {
        JsonObject json = new JsonObject();
        json.addProperty("id", listed.listing().id().value());
        json.addProperty("title", listed.listing().title());
        json.addProperty("lastActivity", listed.listing().lastActivity().toString());
        json.addProperty("state", listed.state().name().toLowerCase(Locale.ROOT));
        return json;
    }
}
