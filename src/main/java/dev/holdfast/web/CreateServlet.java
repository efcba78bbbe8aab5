package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.Passage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code POST /c}: a new conversation, with its first message if there is a {@code text}. The send key names the
 * conversation's channel, so a retry finds the conversation that the first try made. A program may name a channel of its
 * own, {@code channel=irc:holdfast}: then it is the one conversation of that channel, be it new or not.
 */
final class CreateServlet extends PageServlet {
    private static final Pattern CHANNEL =
            Pattern.compile("(?!(?:web|cli|mail):)[a-z][a-z0-9-]{0,15}:[A-Za-z0-9._:-]{1,100}");

    CreateServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = form(request);
        Owner owner = site.authentication().ownerOrNew(request, response);
        Optional<String> key = sendKey(form);
        Optional<String> text = form.has("text") ? Optional.of(message(form)) : Optional.empty();
        String channel = channel(form).orElseGet(() -> "web:" + key.orElseGet(this::unusedKey));
        boolean usage = text.filter(UsageServlet::isMeant).isPresent();
        if (usage && !form.has("channel")) {
            throw HttpProblem.badRequest("That tells what a conversation has used, and this one has not begun. Nothing"
                    + " was sent; say it in a conversation.");
        }
        Passage passage = passage(request, owner);
        ConversationId id = site.conversations().create(owner, channel, text.isPresent() && !usage, passage);
        if (usage) {
            UsageServlet.lead(request, response, id);
            return;
        }
        if (text.isEmpty()) {
            created(request, response, id, Optional.empty());
            return;
        }
        later(
                request,
                response,
                site.conversations().say(owner, id, text.get(), key, passage),
                said -> created(request, response, id, Optional.of(said.message())));
    }

    private static Optional<String> channel(Form form) {
        Optional<String> channel = form.field("channel");
        if (channel.isPresent() && !CHANNEL.matcher(channel.get()).matches()) {
            throw HttpProblem.badRequest("A channel is called like irc:holdfast: small letters, a colon, and up to 100"
                    + " letters, digits, dots, hyphens, underscores or colons; not web:, cli: or mail:, which are this"
                    + " program's own. Nothing was saved.");
        }
        return channel;
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
