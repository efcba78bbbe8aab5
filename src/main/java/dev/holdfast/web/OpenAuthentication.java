package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Nobody signs in: each browser is an owner of its own. */
record OpenAuthentication(Browser browser) implements Authentication {
    @Override
    public Optional<Owner> owner(HttpServletRequest request) {
        return browser.of(request);
    }

    @Override
    public Owner ownerOrNew(HttpServletRequest request, HttpServletResponse response) {
        return owner(request).orElseGet(() -> browser.issue(request, response));
    }
}
