package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /c/{id}/title}: gives a conversation a name. */
final class TitleServlet extends ActionServlet {
    private static final int LONGEST = 200;

    TitleServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConversationId id = conversation(request);
        Owner owner = owner(request);
        String title = form(request).field("title").orElse("").strip();
        if (title.isEmpty() || title.length() > LONGEST || title.chars().anyMatch(Character::isISOControl)) {
            throw HttpProblem.badRequest("A title is one line of 1 to " + LONGEST + " characters.");
        }
        later(request, response, site.conversations().rename(owner, id, title), renamed -> done(request, response, id));
    }
}
