package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.SignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** People sign in by a mailed link; what they are known by is their address. */
record MailAuthentication(Browser browser, SignIn signIn) implements Authentication {
    @Override
    public Optional<Owner> owner(HttpServletRequest request) {
        Optional<Owner> person = browser.of(request).flatMap(signIn::person);
        if (person.isEmpty()) {
            throw HttpProblem.signIn();
        }
        return person;
    }

    @Override
    public Owner ownerOrNew(HttpServletRequest request, HttpServletResponse response) {
        return owner(request).orElseThrow();
    }

    @Override
    public BooleanSupplier lasting(HttpServletRequest request) {
        Optional<Owner> asking = browser.of(request);
        return () -> asking.flatMap(signIn::person).isPresent();
    }

    @Override
    public Optional<Owner> before(HttpServletRequest request) {
        return browser.of(request).flatMap(signIn::before);
    }

    @Override
    public void decided(HttpServletRequest request, HttpServletResponse response) {
        browser.of(request).ifPresent(signIn::decided);
    }
}
