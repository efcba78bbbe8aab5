package dev.holdfast.web;

import dev.holdfast.web.view.ResumeView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * {@code GET /resume/{token}}: where a mailed link leads. One button; nothing happens before it is pressed, because mail
 * scanners open links too. The page is the same for a token that does not exist.
 */
final class ResumeTokenServlet extends ActionServlet {
    ResumeTokenServlet(Site site) {
        super(site);
    }

    @Override
    protected boolean isForEverybody(HttpServletRequest request) {
        return true;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Referrer-Policy", "same-origin");
        site.pages()
                .send(
                        request,
                        response,
                        200,
                        "resume",
                        Map.of("page", ResumeView.link(Routes.variable(request, "token"))));
    }
}
