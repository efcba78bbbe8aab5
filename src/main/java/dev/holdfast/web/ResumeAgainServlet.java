package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.web.view.ResumeView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code POST /resume/again}: mails a new link in the place of the one with {@code token}, to where that was mailed. The
 * answer is the same for a token that never existed.
 */
final class ResumeAgainServlet extends PublicServlet {
    ResumeAgainServlet(Site site) {
        super(site);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String token = Form.read(request, 4096).field("token").orElse("");
        site.links().again(token, site.networks().of(request));
        if (wantsJson(request)) {
            sendJson(response, 202, new JsonObject());
        } else {
            sendPage(request, response, 200, "resume", ResumeView.again());
        }
    }
}
