package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/regenerate}: has {@code message}, or the last one, answered again. */
final class RegenerateServlet extends ActionServlet {
    RegenerateServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = form(request);
        ConversationId id = conversation(request);
        Owner owner = owner(request);
        later(
                request,
                response,
                site.conversations().branches().regenerate(owner, id, form.field("message"), passage(request, owner)),
                done -> done(request, response, id));
    }
}
