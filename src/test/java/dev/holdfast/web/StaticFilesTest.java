package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files, and nothing beside them. */
class StaticFilesTest {
    @TempDir
    static Path data;

    private static RunningSite site;

    @BeforeAll
    static void start() {
        site = RunningSite.start(data, ScriptedModel.answering("Yes."));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/css/page.css, text/css",
        "/css/tokens.css, text/css",
        "/js/page.js, text/javascript",
        "/img/mark.svg, image/svg+xml"
    })
    void fileIsSentOnceAndThenConfirmed(String target, String type) {
        Answer first = site.ask("GET", target).send();
        String tag = first.header("etag").orElseThrow();
        Answer again = site.ask("GET", target).header("If-None-Match", tag).send();
        Answer changed =
                site.ask("GET", target).header("If-None-Match", "\"other\"").send();

        assertEquals(200, first.status());
        assertTrue(first.type().startsWith(type), first.type());
        assertEquals("no-cache", first.header("cache-control").orElse("none"));
        assertEquals(304, again.status());
        assertEquals(0, again.body().length);
        assertEquals(200, changed.status());
        assertEquals(first.text(), changed.text());
    }

    @Test
    void stylesheetIsPackedForWhoCanUnpackIt() throws IOException {
        Answer plain = site.ask("GET", "/css/page.css").send();
        Answer packed = site.ask("GET", "/css/page.css")
                .header("Accept-Encoding", "deflate, gzip")
                .send();
        Answer refused = site.ask("GET", "/css/page.css")
                .header("Accept-Encoding", "gzip;q=0")
                .send();

        assertEquals("gzip", packed.header("content-encoding").orElse("none"));
        assertEquals("Accept-Encoding", packed.header("vary").orElse("none"));
        assertTrue(packed.body().length < plain.body().length / 2);
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertArrayEquals(plain.body(), unpacked.readAllBytes());
        }
        assertEquals("none", refused.header("content-encoding").orElse("none"));
        assertArrayEquals(plain.body(), refused.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/WEB-INF/templates/chat.html",
                "/web-inf/web.xml",
                "/WEB-INF/",
                "/WEB-INF",
                "/META-INF/MANIFEST.MF",
                "/%57EB-INF/web.xml",
                "/WEB%2dINF/web.xml",
                "//WEB-INF/web.xml",
                "/./WEB-INF/web.xml",
                "/WEB-INF;x=y/web.xml",
                "/;/WEB-INF/web.xml",
                "/css/../WEB-INF/web.xml",
                "/css/..;/WEB-INF/web.xml",
                "/css/%2e%2e/WEB-INF/web.xml",
                "/css/.%2e/WEB-INF/web.xml",
                "/css/..%2fWEB-INF/web.xml",
                "/css/..%5cWEB-INF/web.xml",
                "/css/%252e%252e/WEB-INF/web.xml",
                "/css/%u002e%u002e/WEB-INF/web.xml",
                "/css/..%c0%afWEB-INF/web.xml",
                "/css/..%00/WEB-INF/web.xml",
                "/js/../../dev/holdfast/Main.class",
                "/css/../../../../../../etc/passwd",
                "/css//etc/passwd",
                "/css/page.css%00.html",
                "/css/page.css/",
                "/dev/holdfast/Main.class",
                "/templates/chat.html"
            })
    void whatIsNoFileOfThePageIsNotThere(String target) {
        for (String method : new String[] {"GET", "HEAD", "POST"}) {
            Answer answer = site.ask(method, target).send();

            assertTrue(answer.status() >= 400 && answer.status() < 500, answer.toString());
            assertFalse(answer.text().contains("<web-app"), target);
            assertFalse(answer.text().contains("th:text"), target);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/css", "/css/", "/js/", "/img/", "/js/./", "/css/?"})
    void folderIsNotListed(String target) {
        Answer answer = site.ask("GET", target).send();

        assertTrue(answer.status() == 403 || answer.status() == 404, answer.toString());
        assertFalse(answer.text().contains(".js"));
        assertFalse(answer.text().contains("tokens.css"));
    }
}
