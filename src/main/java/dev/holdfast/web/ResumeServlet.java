package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.web.view.ResumeView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code GET /resume} asks for a code; {@code POST /resume} opens what a code or a link's token stands for. */
final class ResumeServlet extends ActionServlet {
    private static final String UNKNOWN = "This code or link is not known here, has expired or was revoked."
            + " What it led to is safe: ask for a new one, here or where you have the conversation open.";

    ResumeServlet(Site site) {
        super(site);
    }

    @Override
    protected boolean isForEverybody(HttpServletRequest request) {
        return Routes.reads(request.getMethod());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, ResumeView.code());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = Form.read(request, 4096);
        Optional<String> secret = form.field("token").or(() -> form.field("code"));
        Owner owner = site.authentication().ownerOrNew(request, response);
        later(
                request,
                response,
                site.links().redeem(secret.orElse(""), owner, site.networks().of(request)),
                found -> answer(request, response, found, form.field("token")));
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            Optional<ConversationId> found,
            Optional<String> token)
            throws IOException {
        if (found.isPresent() && wantsJson(request)) {
            JsonObject json = new JsonObject();
            json.addProperty("id", found.get().value());
            sendJson(response, 200, json);
        } else if (found.isPresent()) {
            seeOther(request, response, "/c/" + found.get());
        } else if (wantsJson(request)) {
            throw new HttpProblem(404, "Unknown link", UNKNOWN);
        } else {
            show(request, response, 404, ResumeView.failed(UNKNOWN, token.orElse(null)));
        }
    }

    private void show(HttpServletRequest request, HttpServletResponse response, int status, ResumeView page)
            throws IOException {
        sendPage(request, response, status, "resume", page);
    }
}
