package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.ListedConversation;
import dev.holdfast.web.view.ListView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /conversations}: the list, as JSON or as the piece of HTML that the page puts in; {@code ?after=<id>} goes on
 * behind a conversation.
 */
final class ConversationsServlet extends ActionServlet {
    ConversationsServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form query = query(request);
        Optional<ConversationId> after = ListPage.after(query);
        int limit = query.limit(ListPage.USUAL);
        ListPage list = site.authentication()
                .owner(request)
                .map((Owner owner) -> ListPage.read(site.conversations(), owner, after, limit))
                .orElse(ListPage.NONE);
        if (wantsJson(request)) {
            JsonArray conversations = new JsonArray();
            list.conversations().forEach(listed -> conversations.add(json(listed)));
            JsonObject json = new JsonObject();
            json.add("conversations", conversations);
            json.addProperty("more", list.more());
            sendJson(response, 200, json);
        } else {
            String current = query.field("current")
                    .flatMap(ConversationId::parse)
                    .map(ConversationId::value)
                    .orElse(null);
            ListView view = site.views().list(list, after, current);
            site.pages().send(request, response, 200, "list", Map.of("list", view));
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
