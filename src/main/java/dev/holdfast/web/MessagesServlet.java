package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Said;
import dev.holdfast.lifecycle.ShownMessage;
import dev.holdfast.lifecycle.Snapshots;
import dev.holdfast.lifecycle.ThreadSnapshot;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /c/{id}/messages} says something; {@code GET} reads what was said, {@code ?before=<message>} older parts.
 */
final class MessagesServlet extends PageServlet {
    MessagesServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = form(request);
        ConversationId id = conversation(request);
        Owner owner = owner(request);
        String text = message(form);
        if (UsageServlet.isMeant(text)) {
            site.conversations().check(owner, id);
            UsageServlet.lead(request, response, id);
            return;
        }
        later(
                request,
                response,
                site.conversations().say(owner, id, text, sendKey(form), passage(request, owner)),
                said -> said(request, response, id, said));
    }

    /** Answers that a message is on disk. */
    static void said(HttpServletRequest request, HttpServletResponse response, ConversationId id, Said said)
            throws IOException {
        if (!wantsJson(request)) {
            seeOther(request, response, "/c/" + id);
            return;
        }
        JsonObject json = new JsonObject();
        json.addProperty("message", said.message());
        json.addProperty("turn", said.turn());
        json.addProperty("queued", said.queued());
        sendJson(response, 202, json);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Owner owner = owner(request);
        ConversationId id = conversation(request);
        Form query = query(request);
        int limit = query.limit(FIRST_MESSAGES);
        if (query.has("before")) {
            String before = query.field("before")
                    .filter(message ->
                            site.conversations().message(owner, id, message).isPresent())
                    .orElseThrow(() -> HttpProblem.badRequest("before is the id of a message of this conversation."));
            Snapshots.Page page = site.conversations().before(owner, id, before, limit);
            if (wantsJson(request)) {
                sendJson(response, 200, json(page.messages(), page.more()));
            } else {
                site.pages()
                        .send(
                                request,
                                response,
                                200,
                                "messages",
                                Map.of(
                                        "messages",
                                        page.messages().stream()
                                                .map(each -> site.views().message(id.value(), each))
                                                .toList(),
                                        "more",
                                        page.more()));
            }
            return;
        }
        ThreadSnapshot snapshot = site.conversations().thread(owner, id, limit);
        JsonObject json = json(snapshot.messages(), snapshot.more());
        JsonArray messages = json.getAsJsonArray("messages");
        snapshot.reply()
                .ifPresent(reply -> messages.add(MessageJson.running(
                        reply.start().id(),
                        reply.start().parent(),
                        reply.start().model(),
                        reply.parts())));
        snapshot.queued().forEach(queued -> messages.add(MessageJson.queued(queued.id(), queued.text())));
        sendJson(response, 200, json);
    }

    private static JsonObject json(List<ShownMessage> shown, boolean more) {
        JsonArray messages = new JsonArray();
        shown.forEach(message -> messages.add(MessageJson.write(message)));
        JsonObject json = new JsonObject();
        json.add("messages", messages);
        json.addProperty("more", more);
        return json;
    }
}
