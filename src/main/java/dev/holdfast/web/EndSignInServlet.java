package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.SignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /sign-ins/end}: who asks is signed in no longer in the browser that {@code browser} names. */
final class EndSignInServlet extends ActionServlet {
    EndSignInServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignIn signIn = SignInServlet.signIn(site);
        Owner asking = site.browser().of(request).orElseThrow(HttpProblem::notFound);
        String named = Form.read(request, 4096).field("browser").orElse("");
        if (!signIn.end(asking, named)) {
            throw HttpProblem.notFound();
        }
        SignInsServlet.ended(site, request, response);
    }
}
