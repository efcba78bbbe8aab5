package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What every state of the page must pass, in day and night, on a desk and on a phone: no violation of axe's rules, and no
 * sideways scrolling. Leaves a picture of each in {@code target/screenshots}, for people to look at.
 *
 * <p>The rules are those of <a href="https://github.com/dequelabs/axe-core">axe-core</a>: WCAG 2.2 A and AA, and its best
 * practices.
 */
final class Inspection {
    private record Look(String name, int width, int height, String scheme) {}

    private static final List<Look> LOOKS = List.of(
            new Look("desk-light", 1280, 800, "light"),
            new Look("desk-dark", 1280, 800, "dark"),
            new Look("phone-light", 390, 844, "light"),
            new Look("phone-dark", 390, 844, "dark"),
            new Look("narrow-light", 320, 640, "light"));

    private static final List<String> ALL_RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /** By night the page has other colours, and is the same in all else. */
    private static final List<String> COLOUR_RULES = List.of("color-contrast", "link-in-text-block");

    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            const rules = arguments[0];
            const nodes = (rule) => rule.nodes.map((node) => `${node.target} ${node.failureSummary}`).join("\\n  ");
            axe.run(document, { runOnly: rules, resultTypes: ["violations"] }).then(
              ({ violations }) => done(violations.map((rule) => `${rule.id}: ${rule.help}\\n  ${nodes(rule)}`)),
              (problem) => done([`axe failed: ${problem}`]),
            );
            """;

    private static final String TOO_LARGE = """
            const page = document.scrollingElement;
            const wide = [page, ...document.querySelectorAll(".scroll, .list, .more, .foot")]
              .filter((box) => box.scrollWidth > box.clientWidth)
              .map((box) => `${box.tagName}.${box.className} is ${box.scrollWidth} wide in ${box.clientWidth}`);
            const high = document.querySelector(".scroll") && page.scrollHeight > page.clientHeight
              ? [`the page is ${page.scrollHeight} high in ${page.clientHeight}, and only the thread should scroll`]
              : [];
            return [...wide, ...high];
            """;

    private Inspection() {}

    /**
     * Looks at the page as it is now, and leaves it on a desk by day.
     *
     * @param state names it in pictures and errors
     */
    static void of(Browser browser, String state) {
        List<String> found = new ArrayList<>();
        for (Look look : LOOKS) {
            browser.resize(look.width(), look.height()).prefer(look.scheme());
            browser.screenshot(Path.of("target", "screenshots", state + "-" + look.name() + ".png"));
            List<String> rules = look.scheme().equals("dark") ? COLOUR_RULES : ALL_RULES;
            for (Object violation : violations(browser, rules)) {
                found.add(look.name() + ": " + violation);
            }
            for (Object box : (List<?>) browser.evaluate(TOO_LARGE)) {
                found.add(look.name() + ": " + box);
            }
        }
        browser.resize(1280, 800).prefer("light");
        assertEquals(List.of(), found, () -> state + ":\n" + String.join("\n", found));
    }

    /** What axe finds on the page as it is. */
    static List<?> violations(Browser browser) {
        return violations(browser, ALL_RULES);
    }

    private static List<?> violations(Browser browser, List<String> rules) {
        if (Boolean.FALSE.equals(browser.evaluate("return 'axe' in window"))) {
            browser.evaluate(axe());
        }
        return (List<?>) browser.driver().executeAsyncScript(RUN, rules);
    }

    private static String axe() {
        try (InputStream script = Inspection.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
