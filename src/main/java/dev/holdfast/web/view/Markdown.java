package dev.holdfast.web.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Turns what was said into HTML. The only maker of {@link SafeHtml}, and so the only door by which HTML reaches a page
 * unescaped: whatever a model, a tool or a person wrote, the result runs no script, carries no style and makes the
 * browser ask nobody for anything.
 *
 * <p>Two walls: the renderer escapes raw HTML, so that it is shown instead of obeyed, and the sanitizer then lets
 * through only the elements below. Images become links: a picture's address is a way to tell a stranger what was said.
 *
 * <p>Safe for use by many threads.
 */
public final class Markdown {
    /**
     * Longer texts, in UTF-16 units, are shown as they are: parsing takes more than linear time on one huge paragraph,
     * and nobody reads one.
     */
    static final int LONGEST_RENDERED = 100_000;

    /** Deep nesting is hostile or broken; the parser and the visitors recurse. */
    private static final int DEEPEST_NESTING = 40;

    /** A message stands below the page's title and its own (unseen) heading. */
    private static final int HEADINGS_ABOVE = 2;

    private static final Pattern LINK = Pattern.compile("(?i)(?:https?://|mailto:)[^\\p{Cntrl}]+");
    private static final Pattern LANGUAGE = Pattern.compile("language-[A-Za-z0-9+#._-]{1,40}");
    private static final Pattern ALIGN = Pattern.compile("left|center|right");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern TASK = Pattern.compile("task");

    private final PolicyFactory policy = policy();
    private final Parser parser;
    private final HtmlRenderer renderer;

    public Markdown() {
        List<Extension> extensions = List.of(
                TablesExtension.create(),
                StrikethroughExtension.create(),
                AutolinkExtension.create(),
                TaskListItemsExtension.create());
        parser = Parser.builder()
                .extensions(extensions)
                .maxOpenBlockParsers(DEEPEST_NESTING)
                .maxInlineNesting(DEEPEST_NESTING)
                .build();
        renderer = HtmlRenderer.builder()
                .nodeRendererFactory(TaskMark::new)
                .extensions(extensions)
                .escapeHtml(true)
                .sanitizeUrls(true)
                .build();
    }

    private static PolicyFactory policy() {
        return new HtmlPolicyBuilder()
                .allowElements(
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
                        "span")
                .allowUrlProtocols("http", "https", "mailto")
                .allowAttributes("href")
                .matching(LINK)
                .onElements("a")
                .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
                .allowAttributes("class")
                .matching(LANGUAGE)
                .onElements("code")
                .allowAttributes("align")
                .matching(ALIGN)
                .onElements("th", "td")
                .allowAttributes("start")
                .matching(NUMBER)
                .onElements("ol")
                .allowAttributes("class")
                .matching(TASK)
                .onElements("span")
                .toFactory();
    }

    /** A model's words, read as Markdown. */
    public SafeHtml render(String markdown) {
        if (markdown.length() > LONGEST_RENDERED) {
            return asTyped(markdown);
        }
        Node document = parser.parse(markdown);
        document.accept(new Tamer());
        return new SafeHtml(reachable(policy.sanitize(renderer.render(document))));
    }

    /** What may scroll sideways can be reached by keyboard. The sanitizer leaves no other form of these tags. */
    private static String reachable(String html) {
        return html.replace("<pre>", "<pre tabindex=\"0\">")
                .replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>")
                .replace("</table>", "</table></div>");
    }

    /** A person's words, shown letter by letter as they were typed, line breaks and all. */
    public static SafeHtml asTyped(String text) {
        StringBuilder html = new StringBuilder(text.length() + text.length() / 8 + 32).append("<div class=\"typed\">");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\0' -> html.append('\uFFFD');
                default -> html.append(c);
            }
        }
        return new SafeHtml(html.append("</div>").toString());
    }

    /** A task's box as a character: an input without a label says nothing to a screen reader, and copies as nothing. */
    private static final class TaskMark implements NodeRenderer {
        private final HtmlWriter html;

        TaskMark(HtmlNodeRendererContext context) {
            html = context.getWriter();
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(TaskListItemMarker.class);
        }

        @Override
        public void render(Node node) {
            html.tag("span", Map.of("class", "task"));
            html.text(((TaskListItemMarker) node).isChecked() ? "\u2611" : "\u2610");
            html.tag("/span");
            html.text(" ");
        }
    }

    /** HTML that may stand in a page as it is. Cannot be made outside {@link Markdown}. */
    public static final class SafeHtml {
        /** Nothing at all. */
        public static final SafeHtml EMPTY = new SafeHtml("");

        private final String value;

        private SafeHtml(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SafeHtml html && value.equals(html.value);
        }

        @Override
        public int hashCode() {
            return Objects.hash(value);
        }

        /** The length only: content stays out of logs. */
        @Override
        public String toString() {
            return "SafeHtml[" + value.length() + "]";
        }
    }

    /** Puts links in the place of images, and headings below those of the page, leaving out no level. */
    private static final class Tamer extends AbstractVisitor {
        private final Deque<Integer> levels = new ArrayDeque<>();
        private int links;

        @Override
        public void visit(Heading heading) {
            while (!levels.isEmpty() && levels.peek() >= heading.getLevel()) {
                levels.pop();
            }
            levels.push(heading.getLevel());
            heading.setLevel(Math.min(6, HEADINGS_ABOVE + levels.size()));
            visitChildren(heading);
        }

        @Override
        public void visit(Link link) {
            links++;
            visitChildren(link);
            links--;
        }

        /** Inside a link only the picture's words remain: links do not nest. */
        @Override
        public void visit(Image image) {
            visitChildren(image);
            List<Node> words = childrenOf(image);
            if (words.isEmpty()) {
                words = List.of(new Text(image.getDestination()));
            }
            if (links == 0) {
                Node link = new Link(image.getDestination(), null);
                words.forEach(link::appendChild);
                image.insertBefore(link);
            } else {
                words.forEach(image::insertBefore);
            }
            image.unlink();
        }

        private static List<Node> childrenOf(Node parent) {
            List<Node> children = new ArrayList<>();
            for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
                children.add(child);
            }
            return children;
        }
    }
}
