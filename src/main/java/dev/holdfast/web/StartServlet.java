package dev.holdfast.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /}: the page, ready for a new conversation. */
final class StartServlet extends PageServlet {
    StartServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        showEmpty(request, response, 200, site.authentication().ownerOrNew(request, response), null);
    }
}
