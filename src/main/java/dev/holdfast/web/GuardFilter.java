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
        SecurityHeaders.all().forEach(response::setHeader);
        if (publicUrl.get().filter(url -> url.getScheme().equals("https")).isPresent()) {
            response.setHeader("Strict-Transport-Security", SecurityHeaders.BY_HTTPS_ONLY);
        }
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
        return origin(url.getScheme(), url.getHost(), url.getPort());
    }

    /** As browsers write it: without the port that the scheme has anyway. */
    private static String origin(String scheme, String host, int port) {
        boolean usual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }

    /** On loopback the page may be open under any of its names; the Host was found to be ours before this is asked. */
    private static String originOf(HttpServletRequest request) {
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(host) ? origin("http", host, request.getServerPort()) : null;
    }
}
