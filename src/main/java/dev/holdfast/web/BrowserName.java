package dev.holdfast.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser is called, so that people tell theirs apart: "Firefox on Linux", by what its {@code User-Agent} header
 * holds. Every word of it stands here: nothing that was sent is kept or shown.
 */
final class BrowserName {
    /** What gives each away. Most claim to be others as well, so the first that is found counts. */
    private static final Map<String, String> BROWSERS = ordered(
            "Edg",
            "Edge",
            "OPR/",
            "Opera",
            "SamsungBrowser/",
            "Samsung Internet",
            "Firefox/",
            "Firefox",
            "FxiOS/",
            "Firefox",
            "CriOS/",
            "Chrome",
            "Chrome/",
            "Chrome",
            "Safari/",
            "Safari");

    private static final Map<String, String> SYSTEMS = ordered(
            "Windows",
            "Windows",
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "Android",
            "Android",
            "Macintosh",
            "macOS",
            "CrOS",
            "ChromeOS",
            "Linux",
            "Linux");

    private BrowserName() {}

    private static Map<String, String> ordered(String... signsAndNames) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < signsAndNames.length; i += 2) {
            names.put(signsAndNames[i], signsAndNames[i + 1]);
        }
        return names;
    }

    /** Empty if it tells nothing that is known here. */
    static String of(HttpServletRequest request) {
        String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        return of(agent);
    }

    static String of(String agent) {
        String system = first(SYSTEMS, agent).map(name -> " on " + name).orElse("");
        return first(BROWSERS, agent).map(name -> name + system).orElse("");
    }

    private static Optional<String> first(Map<String, String> names, String agent) {
        return names.keySet().stream().filter(agent::contains).findFirst().map(names::get);
    }
}
