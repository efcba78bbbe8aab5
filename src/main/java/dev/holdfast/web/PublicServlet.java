package dev.holdfast.web;

import jakarta.servlet.http.HttpServletRequest;

/** An action that also answers those who would have to sign in first. */
abstract class PublicServlet extends ActionServlet {
    PublicServlet(Site site) {
        super(site);
    }

    @Override
    protected final boolean isForEverybody(HttpServletRequest request) {
        return true;
    }
}
