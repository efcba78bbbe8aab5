package dev.holdfast.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/**
 * The route table: which action answers under which path, by which methods. A path is matched segment by segment; {@code {name}} takes any
 * one segment, as it was sent (nothing is decoded, so nothing encoded can pass for something else).
 */
final class Routes {
    static final String READ = "GET, HEAD";
    private static final String WRITE = "POST";
    private static final String BOTH = "GET, HEAD, POST";

    /**
     * @param path with a leading slash
     * @param methods that the action knows, as the {@code Allow} header has them
     */
    record Route(String path, String methods, HttpServlet action) {
        boolean takes(String method) {
            return named(method, methods);
        }

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
                new Route("/", READ, new StartServlet(site)),
                new Route("/conversations", READ, new ConversationsServlet(site)),
                new Route("/search", READ, new SearchServlet(site)),
                new Route("/events", READ, new BrowserEventsServlet(site)),
                new Route("/trash", READ, new TrashServlet(site)),
                new Route("/c", WRITE, new CreateServlet(site)),
                new Route("/c/{id}", READ, new ConversationServlet(site)),
                new Route("/c/{id}/messages", BOTH, new MessagesServlet(site)),
                new Route("/c/{id}/messages/{message}", READ, new MessageServlet(site)),
                new Route("/c/{id}/usage", READ, new UsageServlet(site)),
                new Route("/c/{id}/usage/{reply}", READ, new SentServlet(site)),
                new Route("/c/{id}/traces", READ, new TracesServlet(site)),
                new Route("/c/{id}/events", READ, new EventsServlet(site)),
                new Route("/c/{id}/draft", WRITE, new DraftServlet(site)),
                new Route("/c/{id}/stop", WRITE, new StopServlet(site)),
                new Route("/c/{id}/undo", WRITE, new UndoServlet(site)),
                new Route("/c/{id}/redo", WRITE, new RedoServlet(site)),
                new Route("/c/{id}/regenerate", WRITE, new RegenerateServlet(site)),
                new Route("/c/{id}/continue", WRITE, new RegenerateServlet(site)),
                new Route("/c/{id}/edit", WRITE, new EditServlet(site)),
                new Route("/c/{id}/branch", WRITE, new BranchServlet(site)),
                new Route("/c/{id}/keep", WRITE, new KeepServlet(site)),
                new Route("/c/{id}/summary/undo", WRITE, new SummaryUndoServlet(site)),
                new Route("/c/{id}/extend", WRITE, new ExtendServlet(site)),
                new Route("/c/{id}/resume", WRITE, new GoOnServlet(site)),
                new Route("/c/{id}/title", WRITE, new TitleServlet(site)),
                new Route("/c/{id}/delete", WRITE, new DeleteServlet(site)),
                new Route("/c/{id}/restore", WRITE, new RestoreServlet(site)),
                new Route("/c/{id}/resume-link", WRITE, new ResumeLinkServlet(site)),
                new Route("/c/{id}/resume-links", READ, new ResumeLinksServlet(site)),
                new Route("/c/{id}/resume-links/revoke", WRITE, new RevokeServlet(site)),
                new Route("/c/{id}/idle-mail", WRITE, new IdleMailServlet(site)),
                new Route("/resume", BOTH, new ResumeServlet(site)),
                new Route("/resume/again", WRITE, new ResumeAgainServlet(site)),
                new Route("/resume/{token}", READ, new ResumeTokenServlet(site)),
                new Route("/unsubscribe/{token}", BOTH, new UnsubscribeServlet(site)),
                new Route("/sign-in", BOTH, new SignInServlet(site)),
                new Route("/sign-in/{token}", BOTH, new SignInTokenServlet(site)),
                new Route("/sign-out", WRITE, new SignOutServlet(site)),
                new Route("/sign-ins", READ, new SignInsServlet(site)),
                new Route("/sign-ins/end", WRITE, new EndSignInServlet(site)),
                new Route("/sign-ins/end-others", WRITE, new EndOtherSignInsServlet(site)),
                new Route("/claim", WRITE, new ClaimServlet(site)),
                new Route("/operator", READ, new OperatorServlet(site)),
                new Route("/healthz", READ, new HealthServlet(site)),
                new Route("/readyz", READ, new HealthServlet(site)));
    }

    /** The route for the request's path, whose variables the request then knows. */
    Optional<Route> find(HttpServletRequest request) {
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
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    private static boolean named(String method, String methods) {
        return List.of(methods.split(", ")).contains(method);
    }

    /** Whether {@code method} asks for something and changes nothing. */
    static boolean reads(String method) {
        return named(method, READ);
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
