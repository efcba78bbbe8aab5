package dev.holdfast.web;

import dev.holdfast.web.view.ResumeView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET /resume/{token}}: where a mailed link leads. One button; nothing happens before it is pressed, because mail
 * scanners open links too. The page is the same for a token that does not exist.
 */
final class ResumeTokenServlet extends PublicServlet {
    ResumeTokenServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        sendPage(request, response, 200, "resume", ResumeView.link(Routes.variable(request, "token")));
    }
}
