package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code POST /c/{id}/resume}: a paused conversation goes on; with {@code from=recent} the model sees its last exchanges
 * only, and a summary of what came before them, if there is one.
 */
final class GoOnServlet extends ActionServlet {
    GoOnServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        boolean recentOnly =
                form(request).field("from").filter("recent"::equals).isPresent();
        later(
                request,
                response,
                site.conversations().resume(owner(request), id, recentOnly),
                resumed -> done(request, response, id));
    }
}
