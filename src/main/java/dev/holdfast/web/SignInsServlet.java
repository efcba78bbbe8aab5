package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.SignIn;
import dev.holdfast.lifecycle.SignIn.OpenBrowser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code GET /sign-ins}: the browsers in which who asks is signed in, each to be signed out. */
final class SignInsServlet extends ActionServlet {
    SignInsServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignIn signIn = SignInServlet.signIn(site);
        Owner asking = site.browser().of(request).orElseThrow(HttpProblem::notFound);
        List<OpenBrowser> browsers = signIn.browsers(asking);
        if (wantsJson(request)) {
            sendJson(response, 200, json(browsers));
        } else {
            sendPage(request, response, 200, "sign-ins", site.views().signIns(browsers));
        }
    }

    private static JsonObject json(List<OpenBrowser> browsers) {
        JsonArray all = new JsonArray();
        for (OpenBrowser browser : browsers) {
            JsonObject json = new JsonObject();
            json.addProperty("browser", browser.name());
            json.addProperty("called", browser.called());
            json.addProperty("since", browser.since().toString());
            json.addProperty("until", browser.until().toString());
            json.addProperty("asking", browser.asking());
            all.add(json);
        }
        JsonObject json = new JsonObject();
        json.add("browsers", all);
        return json;
    }

    /** Answers that what was asked is done, and sends the streams away that have no sign-in any more. */
    static void ended(Site site, HttpServletRequest request, HttpServletResponse response) throws IOException {
        site.streams().sendAway();
        if (wantsJson(request)) {
            sendJson(response, 200, new JsonObject());
        } else {
            seeOther(request, response, "/sign-ins");
        }
    }
}
