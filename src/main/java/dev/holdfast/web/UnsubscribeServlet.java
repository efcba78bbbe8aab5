package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.web.view.UnsubscribeView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /unsubscribe/{token}}: no more mails about this conversation to this address. {@code POST} is also what a mail
 * program sends by itself when its own button is pressed (<a href="https://www.rfc-editor.org/rfc/rfc8058">RFC 8058</a>);
 * {@code GET} shows a button, for mail scanners open links. The answers are the same for a token that never was.
 */
final class UnsubscribeServlet extends PublicServlet {
    UnsubscribeServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, UnsubscribeView.ask(Routes.variable(request, "token")));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        later(request, response, site.links().unsubscribe(Routes.variable(request, "token")), done -> {
            if (wantsJson(request)) {
                sendJson(response, 200, new JsonObject());
            } else {
                show(request, response, UnsubscribeView.done());
            }
        });
    }

    private void show(HttpServletRequest request, HttpServletResponse response, UnsubscribeView page)
            throws IOException {
        sendPage(request, response, 200, "unsubscribe", page);
    }
}
