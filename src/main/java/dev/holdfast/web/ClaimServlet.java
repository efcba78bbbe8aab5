package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code POST /claim}: what becomes of conversations that this browser began before its person signed in: {@code
 * answer=move} makes them the person's, {@code answer=leave} leaves them. It is not asked again.
 */
final class ClaimServlet extends ActionServlet {
    ClaimServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Owner owner = owner(request);
        String answer = Form.read(request, 4096).field("answer").orElse("");
        if (!answer.equals("move") && !answer.equals("leave")) {
            throw HttpProblem.badRequest("The answer is move or leave. Nothing was changed.");
        }
        Owner before = site.authentication().before(request).orElseThrow(HttpProblem::notFound);
        if (answer.equals("move")) {
            site.conversations().claims().move(before, owner);
        }
        site.authentication().decided(request, response);
        if (wantsJson(request)) {
            sendJson(response, 200, new JsonObject());
        } else {
            seeOther(request, response, "/");
        }
    }
}
