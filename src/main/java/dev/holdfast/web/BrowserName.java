package dev.holdfast.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/**
 * What a browser is called, so that people tell theirs apart: "Firefox on Linux", by what its {@code User-Agent} header
 * holds. Every word of it stands here: nothing that was sent is kept or shown.
 */
final class BrowserName {
    /** What is called {@code name} has {@code sign} in its header. */
    private record Known(String sign, String name) {}

    /** Most claim to be others as well, so the first that is found counts. */
    private static final List<Known> BROWSERS = List.of(
            new Known("Edg", "Edge"),
            new Known("OPR/", "Opera"),
            new Known("SamsungBrowser/", "Samsung Internet"),
            new Known("Firefox/", "Firefox"),
            new Known("FxiOS/", "Firefox"),
            new Known("CriOS/", "Chrome"),
            new Known("Chrome/", "Chrome"),
            new Known("Safari/", "Safari"));

    private static final List<Known> SYSTEMS = List.of(
            new Known("Windows", "Windows"),
            new Known("iPhone", "iPhone"),
            new Known("iPad", "iPad"),
            new Known("Android", "Android"),
            new Known("Macintosh", "macOS"),
            new Known("CrOS", "ChromeOS"),
            new Known("Linux", "Linux"));

    private BrowserName() {}

    /** Empty if it tells nothing that is known here. */
    static String of(HttpServletRequest request) {
        return of(Optional.ofNullable(request.getHeader("User-Agent")).orElse(""));
    }

    static String of(String agent) {
        String system = first(SYSTEMS, agent).map(name -> " on " + name).orElse("");
        return first(BROWSERS, agent).map(name -> name + system).orElse("");
    }

    private static Optional<String> first(List<Known> known, String agent) {
        return known.stream()
                .filter(one -> agent.contains(one.sign()))
                .map(Known::name)
                .findFirst();
    }
}
