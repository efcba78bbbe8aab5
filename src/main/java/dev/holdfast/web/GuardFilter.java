package dev.holdfast.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Stands before everything. Refuses a Host that is not ours (a stranger's name that leads here: DNS rebinding), and an
 * unsafe request that another site's page makes (cross-site request forgery); puts the security headers on every answer.
 */
final class GuardFilter extends HttpFilter {
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Supplier<Optional<URI>> publicUrl;
    private final Problems problems;

    /** @param publicUrl under which address people reach the page; loopback names are always ours too */
    GuardFilter(Supplier<Optional<URI>> publicUrl, Problems problems) {
        this.publicUrl = publicUrl;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (!ours(request)) {
            problems.send(
                    request,
                    response,
                    new HttpProblem(
                            421,
                            "Not this address",
                            "This server is not reached under that name. If it should be, set public-url to it."));
        } else if (!SAFE.contains(request.getMethod()) && !fromOurPage(request)) {
            problems.send(
                    request,
                    response,
                    new HttpProblem(
                            403, "From another site", "Another site's page made this request. Nothing was changed."));
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean ours(HttpServletRequest request) {
        String host =
                request.getServerName() == null ? "" : request.getServerName().toLowerCase(Locale.ROOT);
        if (LOOPBACK.contains(host)) {
            return true;
        }
        return publicUrl
                .get()
                .filter(url -> host.equals(url.getHost().toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /** Browsers say where a request comes from; programs that are no browsers say nothing. */
    private boolean fromOurPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin == null || origin.equals(originOf(request)) || isPublicOrigin(origin);
    }

    private boolean isPublicOrigin(String origin) {
        return publicUrl
                .get()
                .filter(url -> origin.equalsIgnoreCase(origin(url)))
                .isPresent();
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** On loopback the page may be open under any of its names; the Host was found to be ours before this is asked. */
    private static String originOf(HttpServletRequest request) {
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(host) ? "http://" + host + ":" + request.getServerPort() : null;
    }
}
