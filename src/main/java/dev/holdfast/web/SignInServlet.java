package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.lifecycle.MailNotSentException;
import dev.holdfast.lifecycle.SignIn;
import dev.holdfast.web.view.SignInView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code GET /sign-in} asks for an address; {@code POST /sign-in} mails a link there, if it may sign in. The answer is the
 * same whether it may.
 */
final class SignInServlet extends PublicServlet {
    SignInServlet(Site site) {
        super(site);
    }

    /** Where a person goes on who wanted to {@code path}: to the conversation that it names, or to the beginning. */
    static String pathToGoOn(String path) {
        String[] segments = path.split("/", -1);
        boolean named = segments.length > 2 && segments[0].isEmpty() && segments[1].equals("c");
        Optional<ConversationId> id = named ? ConversationId.parse(segments[2]) : Optional.empty();
        return id.map(found -> "/c/" + found).orElse("/");
    }

    static SignIn signIn(Site site) {
        return site.signIn().orElseThrow(HttpProblem::notFound);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignIn signIn = signIn(site);
        String path = pathToGoOn(query(request).field("path").orElse("/"));
        if (site.browser().of(request).flatMap(signIn::person).isPresent()) {
            seeOther(request, response, path);
        } else {
            show(request, response, 200, SignInView.ask(path));
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = Form.read(request, 4096);
        String path = pathToGoOn(form.field("path").orElse("/"));
        try {
            signIn(site)
                    .ask(form.field("email").orElse(""), path, site.networks().of(request));
        } catch (MailNotSentException e) {
            if (wantsJson(request)) {
                throw e;
            }
            show(request, response, 400, SignInView.ask(path).because(e.getMessage()));
            return;
        }
        if (wantsJson(request)) {
            sendJson(response, 202, new JsonObject());
        } else {
            show(request, response, 200, SignInView.asked());
        }
    }

    private void show(HttpServletRequest request, HttpServletResponse response, int status, SignInView page)
            throws IOException {
        sendPage(request, response, status, "sign-in", page);
    }
}
