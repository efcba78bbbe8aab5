package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.Identity;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The cookie by which a browser is known. {@code SameSite=Lax} and not {@code Strict}: a link in a mail leads here from
 * another site, and a browser that kept its cookie back then would be taken for a new one.
 */
final class Browser {
    static final String COOKIE = "holdfast";
    private static final Duration KEPT = Duration.ofDays(400);

    private final Identity identity;
    private final BooleanSupplier https;

    /** @param https whether people reach the page by https; then the cookie travels by nothing else */
    Browser(Identity identity, BooleanSupplier https) {
        this.identity = identity;
        this.https = https;
    }

    /** The owner that the request's cookie proves. */
    Optional<Owner> of(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(COOKIE)) {
                return identity.owner(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    /** Gives the browser a new cookie. */
    Owner issue(HttpServletRequest request, HttpServletResponse response) {
        Identity.Issued issued = identity.issue();
        give(request, response, issued.secret());
        return issued.owner();
    }

    /** Gives the browser a cookie with that secret in the place of the one that it has. */
    void give(HttpServletRequest request, HttpServletResponse response, String secret) {
        set(request, response, secret, KEPT);
    }

    /** Takes the cookie away. */
    void forget(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, "", Duration.ZERO);
    }

    private void set(HttpServletRequest request, HttpServletResponse response, String secret, Duration kept) {
        response.addHeader(
                "Set-Cookie",
                COOKIE + "=" + secret + "; Path=" + path(request) + "; Max-Age=" + kept.toSeconds()
                        + "; HttpOnly; SameSite=Lax" + (https.getAsBoolean() ? "; Secure" : ""));
    }

    private static String path(HttpServletRequest request) {
        return request.getContextPath().isEmpty() ? "/" : request.getContextPath();
    }
}
