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
import java.util.Optional;

/**
 * {@code POST /c/{id}/messages} says something; {@code GET} reads what was said, {@code ?before=<message>} older parts.
 */
final class MessagesServlet extends PageServlet {
    private static final int MOST = 200;

    MessagesServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        Owner owner = owner(request);
        Form form = form(request);
        try {
            later(
                    request,
                    response,
                    site.conversations().say(owner, id, message(form), sendKey(form)),
                    said -> said(request, response, id, said));
        } catch (RuntimeException e) {
            giveBack(request, response, Optional.of(id), form.field("text"), e);
        }
    }

    private static void said(HttpServletRequest request, HttpServletResponse response, ConversationId id, Said said)
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
        int limit = limit(request);
        String before = request.getParameter("before");
        if (before != null) {
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
                                                .map(site.views()::message)
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

    private static int limit(HttpServletRequest request) {
        String limit = request.getParameter("limit");
        if (limit == null) {
            return FIRST_MESSAGES;
        }
        if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > MOST) {
            throw HttpProblem.badRequest("limit is a number from 1 to " + MOST + ".");
        }
        return Integer.parseInt(limit);
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
