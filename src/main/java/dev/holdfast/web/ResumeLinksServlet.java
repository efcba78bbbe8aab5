package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.lifecycle.ResumeLinks.GivenLink;
import dev.holdfast.lifecycle.ResumeMails.Unsent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code GET /c/{id}/resume-links}: the links and codes that were given, each to be revoked, and mails that are not sent. */
final class ResumeLinksServlet extends ActionServlet {
    ResumeLinksServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        List<GivenLink> given = site.links().given(owner(request), id);
        List<Unsent> unsent = site.links().unsent(owner(request), id);
        Optional<String> idleMail = site.links().idleMail(owner(request), id);
        if (wantsJson(request)) {
            sendJson(response, 200, json(given, unsent, idleMail));
        } else {
            sendPage(request, response, 200, "links", site.views().links(id, given, unsent, idleMail));
        }
    }

    private static JsonArray unsent(List<Unsent> unsent) {
        JsonArray mails = new JsonArray();
        for (Unsent mail : unsent) {
            JsonObject json = new JsonObject();
            json.addProperty("to", mail.to());
            json.addProperty("asked", mail.asked().toString());
            mail.nextTry().ifPresent(next -> json.addProperty("nextTry", next.toString()));
            mail.trouble().ifPresent(why -> json.addProperty("trouble", why));
            mails.add(json);
        }
        return mails;
    }

    private static JsonObject json(List<GivenLink> given, List<Unsent> unsent, Optional<String> idleMail) {
        JsonArray links = new JsonArray();
        for (GivenLink link : given) {
            JsonObject json = new JsonObject();
            json.addProperty("link", link.name());
            json.addProperty("kind", link.kind());
            link.to().ifPresent(address -> json.addProperty("to", address));
            json.addProperty("created", link.created().toString());
            json.addProperty("expires", link.expires().toString());
            json.addProperty("usable", link.usable());
            json.addProperty("browsers", link.browsers());
            links.add(json);
        }
        JsonObject json = new JsonObject();
        json.add("links", links);
        json.add("unsent", unsent(unsent));
        idleMail.ifPresent(address -> json.addProperty("idleMail", address));
        return json;
    }
}
