package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/edit}: says {@code text} in the place of {@code message}, which stays as another branch. */
final class EditServlet extends PageServlet {
    EditServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = form(request);
        ConversationId id = conversation(request);
        String edited = form.field("message")
                .orElseThrow(() -> HttpProblem.badRequest("Which message is meant? Nothing was sent."));
        Owner owner = owner(request);
        later(
                request,
                response,
                site.conversations()
                        .branches()
                        .edit(owner, id, edited, message(form), sendKey(form), passage(request, owner)),
                said -> MessagesServlet.said(request, response, id, said));
    }
}
