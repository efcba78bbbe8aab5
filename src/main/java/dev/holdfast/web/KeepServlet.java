package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code POST /c/{id}/keep}: with {@code keep=true} the model is sent {@code message} however old it gets, with {@code
 * keep=false} no longer.
 */
final class KeepServlet extends ActionServlet {
    KeepServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = form(request);
        ConversationId id = conversation(request);
        String message = form.field("message")
                .orElseThrow(() -> HttpProblem.badRequest("Which message is meant? Nothing was done."));
        later(
                request,
                response,
                site.conversations().memory().pin(owner(request), id, message, keep(form)),
                done -> done(request, response, id));
    }

    private static boolean keep(Form form) {
        return switch (form.field("keep").orElse("")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw HttpProblem.badRequest("keep is true or false. Nothing was done.");
        };
    }
}
