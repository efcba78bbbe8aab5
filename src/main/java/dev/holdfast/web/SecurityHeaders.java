package dev.holdfast.web;

import java.util.Map;

/** What stands in every answer, also in those that never reach a servlet. */
public final class SecurityHeaders {
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    /** For a year, where people reach the page by https; of other names of the domain nothing is known here. */
    static final String BY_HTTPS_ONLY = "max-age=31536000";

    private SecurityHeaders() {}

    /** Values by header name. */
    public static Map<String, String> all() {
        return Map.of(
                "Content-Security-Policy", CONTENT_SECURITY_POLICY,
                "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "same-origin",
                "Cross-Origin-Opener-Policy", "same-origin",
                "Cross-Origin-Resource-Policy", "same-origin",
                "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    }
}
