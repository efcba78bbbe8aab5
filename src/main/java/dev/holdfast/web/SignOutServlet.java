package dev.holdfast.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** {@code POST /sign-out}: this browser is signed in no longer. */
final class SignOutServlet extends PublicServlet {
    SignOutServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        var signIn = SignInServlet.signIn(site);
        site.browser().of(request).ifPresent(signIn::leave);
        site.streams().sendAway();
        site.browser().forget(request, response);
        seeOther(request, response, "/sign-in");
    }
}
