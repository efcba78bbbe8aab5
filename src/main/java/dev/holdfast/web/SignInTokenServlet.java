package dev.holdfast.web;

import dev.holdfast.lifecycle.SignIn;
import dev.holdfast.web.view.SignInView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code GET /sign-in/{token}}: where the mailed link leads. One button; nothing happens before it is pressed, because mail
 * scanners open links too. {@code POST} is the button.
 */
final class SignInTokenServlet extends PublicServlet {
    private static final String UNKNOWN =
            "This link has been used, is older than ten minutes, or was never given. Ask for a new one.";

    SignInTokenServlet(Site site) {
        super(site);
    }

    private static String token(HttpServletRequest request) {
        return Routes.variable(request, "token");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> addressee = SignInServlet.signIn(site).addressee(token(request));
        if (addressee.isPresent()) {
            show(request, response, 200, SignInView.enter(token(request), addressee.get()));
        } else {
            show(request, response, 404, SignInView.ask("/").because(UNKNOWN));
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<SignIn.Entered> entered =
                SignInServlet.signIn(site).enter(token(request), site.browser().of(request), BrowserName.of(request));
        if (entered.isPresent()) {
            site.browser().give(request, response, entered.get().secret());
            seeOther(request, response, entered.get().path());
        } else if (wantsJson(request)) {
            throw new HttpProblem(404, "Unknown link", UNKNOWN);
        } else {
            show(request, response, 404, SignInView.ask("/").because(UNKNOWN));
        }
    }

    private void show(HttpServletRequest request, HttpServletResponse response, int status, SignInView page)
            throws IOException {
        sendPage(request, response, status, "sign-in", page);
    }
}
