package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.SignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /sign-ins/end-others}: who asks is signed in no longer anywhere but in this browser. */
final class EndOtherSignInsServlet extends ActionServlet {
    EndOtherSignInsServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignIn signIn = SignInServlet.signIn(site);
        Owner asking = site.browser().of(request).orElseThrow(HttpProblem::notFound);
        signIn.endOthers(asking);
        SignInsServlet.ended(site, request, response);
    }
}
