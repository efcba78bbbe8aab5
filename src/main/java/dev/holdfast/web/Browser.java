package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.Identity;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tells by a cookie whose browser is asking. */
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
    Optional<Owner> owner(HttpServletRequest request) {
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

    /**
     * The same; a browser without a valid cookie is given one. {@code SameSite=Lax} and not {@code Strict}: a link in a
     * mail leads here from another site, and a browser that kept its cookie back then would be taken for a new one.
     */
    Owner ownerOrNew(HttpServletRequest request, HttpServletResponse response) {
        return owner(request).orElseGet(() -> {
            Identity.Issued issued = identity.issue();
            response.addHeader(
                    "Set-Cookie",
                    COOKIE + "=" + issued.secret() + "; Path=" + path(request) + "; Max-Age=" + KEPT.toSeconds()
                            + "; HttpOnly; SameSite=Lax" + (https.getAsBoolean() ? "; Secure" : ""));
            return issued.owner();
        });
    }

    private static String path(HttpServletRequest request) {
        return request.getContextPath().isEmpty() ? "/" : request.getContextPath();
    }
}
