package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.ResumeLinks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code POST /c/{id}/resume-link}: mails a link to {@code email}, at once or (202) as soon as the mail server can be
 * reached; without one, makes a code to type. Where no mail server
 * is set the mail becomes a file, and there is a code as well.
 */
final class ResumeLinkServlet extends ActionServlet {
    ResumeLinkServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        Owner owner = owner(request);
        Optional<String> email = form(request).field("email").map(String::strip);
        if (email.isPresent() && site.links().mailsArrive()) {
            later(request, response, site.links().mail(owner, id, email.get()), mailed -> {
                JsonObject json = new JsonObject();
                json.addProperty("sent", mailed.trouble().isEmpty());
                json.addProperty("expires", mailed.expires().toString());
                mailed.trouble().ifPresent(why -> json.addProperty("trouble", why));
                String notice = mailed.trouble().isEmpty() ? "mailed" : "waiting";
                answer(request, response, json, "/c/" + id + "?notice=" + notice);
            });
        } else if (email.isPresent()) {
            later(
                    request,
                    response,
                    site.links()
                            .mail(owner, id, email.get())
                            .thenCompose(mailed -> site.links().code(owner, id)),
                    made -> {
                        JsonObject json = code(made);
                        json.addProperty("sent", false);
                        answer(request, response, json, "/c/" + id + "?notice=written");
                    });
        } else {
            later(
                    request,
                    response,
                    site.links().code(owner, id),
                    made -> answer(request, response, code(made), "/c/" + id + "?notice=code"));
        }
    }

    private static JsonObject code(ResumeLinks.ResumeCode made) {
        JsonObject json = new JsonObject();
        json.addProperty("code", made.code());
        json.addProperty("url", made.url().toString());
        json.addProperty("expires", made.expires().toString());
        return json;
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, JsonObject json, String page)
            throws IOException {
        if (wantsJson(request)) {
            sendJson(response, json.has("trouble") ? 202 : 200, json);
        } else {
            seeOther(request, response, page);
        }
    }
}
