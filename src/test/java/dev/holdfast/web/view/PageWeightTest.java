package dev.holdfast.web.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a first visit costs on a bad line. */
class PageWeightTest {
    private static final int MOST_BYTES = 100_000;
    private static final int MOST_REQUESTS = 8;

    /** What other pages than the chat load beside page.css, each by itself. */
    private static final Set<String> OF_OTHER_PAGES = Set.of("sheet.css", "usage.css");

    private static final Pattern COLOUR = Pattern.compile(":[^;{}]*#[0-9a-fA-F]{3,8}\\b");

    private static String chat() {
        PageView page = new PageView(
                new ListView(List.of(), "/", null, false), null, "model", true, null, 1, "key", null, null, null);
        return new WebApp().render("chat", Map.of("page", page));
    }

    private static String stylesheet() {
        return Stylesheet.join(WebApp::open, "/css/", "page.css");
    }

    @Test
    void firstVisitIsLightEvenUncompressed() {
        int files = Stream.concat(WebApp.files("js", ".js").stream(), WebApp.files("img", ".svg").stream())
                .mapToInt(file -> bytes(WebApp.text(file)))
                .sum();
        int all = bytes(chat()) + bytes(stylesheet()) + files;
        assertTrue(all <= MOST_BYTES, all + " bytes");
    }

    @Test
    void firstVisitTakesFewRequests() {
        TreeSet<String> asked = new TreeSet<>();
        Pattern.compile("<(?:link|script)\\b[^>]* (?:href|src)=\"([^\"]*)\"")
                .matcher(chat())
                .results()
                .map(link -> link.group(1))
                .forEach(asked::add);
        int pageAndStream = 2;
        assertTrue(asked.size() + pageAndStream <= MOST_REQUESTS, asked.toString());
        for (Path script : WebApp.files("js", ".js")) {
            assertTrue(asked.contains(WebApp.MOUNT + "/js/" + script.getFileName()), script + " is asked for late");
        }
    }

    @Test
    void stylesheetIsWholeAndAsksForNothing() {
        String css = stylesheet();
        for (Path file : WebApp.files("css", ".css")) {
            String name = file.getFileName().toString();
            if (!name.equals("page.css") && !OF_OTHER_PAGES.contains(name)) {
                String rules =
                        WebApp.text(file).replaceAll("(?s) */\\*.*?\\*/\n?", "").replaceAll("(?m)^\\s+", "");
                assertTrue(css.contains(rules), file + " is not imported");
            }
        }
        assertFalse(css.contains("@import"));
        assertFalse(css.contains("/*"), "comments are for those who read the files");
        assertFalse(css.contains("url("));
    }

    @Test
    void coloursStandInTheTokensOnly() {
        for (Path file : WebApp.files("css", ".css")) {
            if (!file.endsWith("tokens.css")) {
                String css = WebApp.text(file);
                assertFalse(COLOUR.matcher(css).find(), file + " has a colour");
                assertFalse(css.contains("prefers-color-scheme"), file + " knows the night");
            }
        }
    }

    @Test
    void accentIsForTheTickAndThePrimaryActionOnly() {
        String css = stylesheet();
        List<String> users = Pattern.compile("([^{}]+)\\{[^{}]*var\\(--accent\\)[^{}]*}")
                .matcher(css)
                .results()
                .map((MatchResult rule) -> rule.group(1).strip())
                .toList();
        assertEquals(List.of("button.primary", "button.primary:hover", ".tick", ".tick svg"), users);
    }

    @Test
    void stylesheetsOfOtherPagesAreLoadedThereOnly() {
        for (String name : OF_OTHER_PAGES) {
            assertFalse(chat().contains(name), name);
            assertFalse(WebApp.text(WebApp.ROOT.resolve("css/" + name)).contains("--accent"), name);
            assertTrue(
                    WebApp.files("WEB-INF/templates", ".html").stream()
                            .anyMatch(page -> WebApp.text(page).contains("/css/" + name)),
                    name);
        }
    }

    @Test
    void missingStylesheetIsNamed() {
        String css = "@import \"gone.css\";\n";
        InputStream entry = new ByteArrayInputStream(css.getBytes(StandardCharsets.UTF_8));
        Function<String, InputStream> open = path -> path.equals("/css/page.css") ? entry : null;
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> Stylesheet.join(open, "/css/", "page.css"));
        assertEquals("a stylesheet is missing: no /css/gone.css in the web application", e.getMessage());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
