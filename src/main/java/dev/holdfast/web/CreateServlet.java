package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * {@code POST /c}: a new conversation, with its first message if there is a {@code text}. The send key names the
 * conversation's channel, so a retry finds the conversation that the first try made.
 */
final class CreateServlet extends PageServlet {
    CreateServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = form(request);
        Owner owner = site.authentication().ownerOrNew(request, response);
        Optional<String> key = sendKey(form);
        Optional<String> text = form.has("text") ? Optional.of(message(form)) : Optional.empty();
        ConversationId id = site.conversations().create(owner, "web:" + key.orElseGet(this::unusedKey));
        if (text.isEmpty()) {
            created(request, response, id, Optional.empty());
            return;
        }
        later(
                request,
                response,
                site.conversations().say(owner, id, text.get(), key),
                said -> created(request, response, id, Optional.of(said.message())));
    }

    private String unusedKey() {
        byte[] bytes = new byte[16];
        site.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void created(
            HttpServletRequest request, HttpServletResponse response, ConversationId id, Optional<String> message)
            throws IOException {
        if (!wantsJson(request)) {
            seeOther(request, response, "/c/" + id);
            return;
        }
        JsonObject json = new JsonObject();
        json.addProperty("id", id.value());
        message.ifPresent(said -> json.addProperty("message", said));
        response.setHeader("Location", request.getContextPath() + "/c/" + id);
        sendJson(response, 201, json);
    }
}
