package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.lifecycle.Charge;
import dev.holdfast.lifecycle.ConversationUsage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET /c/{id}/usage}: the tokens of a conversation, what they cost as far as that is known, and its newest calls to
 * models. A message that is {@value #COMMAND} and nothing else leads here and is sent to nobody.
 */
final class UsageServlet extends ActionServlet {
    private static final String COMMAND = "/tokens";

    UsageServlet(Site site) {
        super(site);
    }

    /** Whether a message means this page. */
    static boolean isMeant(String text) {
        return text.strip().equals(COMMAND);
    }

    /** Leads here instead of sending a message. */
    static void lead(HttpServletRequest request, HttpServletResponse response, ConversationId id) throws IOException {
        String page = "/c/" + id + "/usage";
        if (wantsJson(request)) {
            JsonObject json = new JsonObject();
            json.addProperty("page", request.getContextPath() + page);
            sendJson(response, 200, json);
        } else {
            seeOther(request, response, page);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationUsage usage = site.conversations().calls().usage(owner(request), conversation(request));
        if (wantsJson(request)) {
            sendJson(response, 200, json(usage));
        } else {
            sendPage(
                    request,
                    response,
                    200,
                    "usage",
                    UsageViews.usage(usage, site.clock().getZone()));
        }
    }

    private static JsonObject json(ConversationUsage usage) {
        JsonObject json = new JsonObject();
        json.add("conversation", json(usage.all()));
        json.add("turn", json(usage.turn()));
        json.addProperty("pricesOf", usage.pricesOf().toString());
        return json;
    }

    private static JsonObject json(Charge charge) {
        JsonObject json = new JsonObject();
        json.add("usage", MessageJson.usage(charge.usage()));
        charge.cost().ifPresent(cost -> {
            json.addProperty("cost", cost.number());
            json.addProperty("currency", cost.currency());
        });
        JsonArray unpriced = new JsonArray();
        charge.unpriced().forEach(unpriced::add);
        json.add("unpriced", unpriced);
        return json;
    }
}
