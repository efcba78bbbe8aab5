package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/branch}: puts {@code message} and what came of it on the active path. */
final class BranchServlet extends ActionServlet {
    BranchServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = form(request);
        ConversationId id = conversation(request);
        later(
                request,
                response,
                site.conversations().branches().show(owner(request), id, message(form)),
                done -> done(request, response, id));
    }

    private static String message(Form form) {
        return form.field("message")
                .orElseThrow(() -> HttpProblem.badRequest("Which message is meant? Nothing was done."));
    }
}
