package dev.holdfast.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/**
 * The route table: which action answers under which path. A path is matched segment by segment; {@code {name}} takes any
 * one segment, as it was sent (nothing is decoded, so nothing encoded can pass for something else).
 */
final class Routes {
    /** @param path with a leading slash */
    record Route(String path, HttpServlet action) {
        private boolean matches(String[] segments) {
            String[] own = path.split("/", -1);
            if (own.length != segments.length) {
                return false;
            }
            for (int i = 0; i < own.length; i++) {
                if (!own[i].startsWith("{") && !own[i].equals(segments[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Route> routes;

    Routes(Site site) {
        routes = List.of(
                new Route("/", new StartServlet(site)),
                new Route("/conversations", new ConversationsServlet(site)),
                new Route("/c", new CreateServlet(site)),
                new Route("/c/{id}", new ConversationServlet(site)),
                new Route("/c/{id}/messages", new MessagesServlet(site)),
                new Route("/c/{id}/messages/{message}", new MessageServlet(site)),
                new Route("/c/{id}/events", new EventsServlet(site)),
                new Route("/c/{id}/stop", new StopServlet(site)),
                new Route("/c/{id}/extend", new ExtendServlet(site)),
                new Route("/c/{id}/resume", new GoOnServlet(site)),
                new Route("/c/{id}/title", new TitleServlet(site)),
                new Route("/c/{id}/resume-link", new ResumeLinkServlet(site)),
                new Route("/resume", new ResumeServlet(site)),
                new Route("/resume/{token}", new ResumeTokenServlet(site)),
                new Route("/healthz", new HealthServlet(site)),
                new Route("/readyz", new HealthServlet(site)));
    }

    /** The action for the request's path, whose variables it then knows. */
    Optional<HttpServlet> find(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String[] segments = path.split("/", -1);
        for (Route route : routes) {
            if (route.matches(segments)) {
                String[] names = route.path().split("/", -1);
                for (int i = 0; i < names.length; i++) {
                    if (names[i].startsWith("{")) {
                        request.setAttribute("path." + names[i], segments[i]);
                    }
                }
                return Optional.of(route.action());
            }
        }
        return Optional.empty();
    }

    /** What stands in the path in the place of {@code {name}}. */
    static String variable(HttpServletRequest request, String name) {
        return (String) request.getAttribute("path.{" + name + "}");
    }

    /** All paths, for tests that go through every one. */
    List<String> paths() {
        return routes.stream().map(Route::path).toList();
    }
}
