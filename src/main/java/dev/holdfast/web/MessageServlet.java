package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.ShownMessage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** {@code GET /c/{id}/messages/{message}}: one message, as JSON or as the piece of HTML that the page puts in. */
final class MessageServlet extends ActionServlet {
    MessageServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Owner owner = owner(request);
        ConversationId id = conversation(request);
        ShownMessage shown = site.conversations()
                .message(owner, id, Routes.variable(request, "message"))
                .orElseThrow(HttpProblem::notFound);
        if (wantsJson(request)) {
            sendJson(response, 200, MessageJson.write(shown));
        } else {
            site.pages()
                    .send(
                            request,
                            response,
                            200,
                            "message",
                            Map.of("m", site.views().message(id.value(), shown)));
        }
    }
}
